package dev.jobctl.node.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// This machine's routes, as `/proc/net/route` has them: which of the networks `10.N.0.0/16` somebody uses.
final class RouteTable {
    private static final Path FILE = Path.of("/proc/net/route");
    private static final int FIRST = 64;
    private static final int COUNT = 190;

    private RouteTable() {}

    /// That of the interface, if there is one; else one that nothing here leads to, beginning the search at `start`.
    /// Empty when this machine has routes to all of them.
    static Optional<String> subnet(String name, int start) throws IOException {
        return subnet(Files.readAllLines(FILE), name, start);
    }

    static Optional<String> subnet(List<String> lines, String name, int start) {
        Set<Integer> used = new TreeSet<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] fields = line.split("\\s+");
            long destination = Long.parseLong(fields[1], 16);
            long mask = Long.parseLong(fields[7], 16);
            int second = (int) (destination >> 8 & 0xFF);
            boolean ours = (destination & 0xFF) == 10;
            if (ours && fields[0].equals(name)) {
                return Optional.of("10." + second);
            }
            // 10.0.0.0/8 and wider leave room for ours: the narrower route counts.
            int fixed = (int) (mask >> 8 & 0xFF);
            if (ours && fixed != 0) {
                IntStream.range(0, 256)
                        .filter(other -> (other & fixed) == (second & fixed))
                        .forEach(used::add);
            }
        }
        for (int tries = 0; tries < COUNT; tries++) {
            int second = FIRST + Math.floorMod(start + tries, COUNT);
            if (!used.contains(second)) {
                return Optional.of("10." + second);
            }
        }
        return Optional.empty();
    }
}
