package dev.jobctl.resource.schema;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Field names that somebody may have meant.
final class Closest {
    private static final int MOST = 3;

    private Closest() {}

    /// Best first; empty when nothing is near.
    static List<String> names(Struct struct, String wrong) {
        String low = wrong.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, Math.min(3, wrong.length() / 3));
        record Near(String name, int distance) {}
        return struct.fields().stream()
                .map(f -> new Near(f.name(), distance(low, f.name().toLowerCase(Locale.ROOT))))
                .filter(n -> n.distance() <= limit)
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(MOST)
                .map(Near::name)
                .toList();
    }

    /// Edits (insert, drop, replace, swap neighbours) from one to the other. Long texts are far from everything.
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 3) {
            return Integer.MAX_VALUE;
        }
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                cost[i][j] =
                        Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
