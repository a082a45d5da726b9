package dev.jobctl.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What each room may import: of the other rooms, and of libraries. No cycles follow, since the table has none.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomsTest {
    /// A room: the rooms it may import, and the package prefixes of outside libraries. `launch.wire` stands for that
    /// part of `launch` only: the frames that the front and the daemon share.
    private record Room(Set<String> rooms, Set<String> libraries) {}

    private static final Set<String> NONE = Set.of();
    /// The objects themselves, as they rest and travel. `control`, `store`, `report` and `std` do not see them.
    private static final Set<String> MODEL = Set.of("io.fabric8.kubernetes.api");
    private static final Set<String> FABRIC8_MODEL =
            Set.of("io.fabric8.kubernetes.api", "com.fasterxml.jackson", "org.yaml.snakeyaml");

    private static final Map<String, Room> ROOMS = Map.ofEntries(
            Map.entry("launch", new Room(NONE, NONE)),
            // `apiserver` for its request and response only: a private plane is asked without a socket.
            Map.entry("daemon", new Room(Set.of("cli", "plane", "apiserver", "std", "launch.wire"), NONE)),
            Map.entry(
                    "cli",
                    new Room(
                            Set.of("report", "resource", "std", "plane", "simulate"),
                            Set.of("picocli", "org.jline", "io.fabric8", "com.fasterxml.jackson"))),
            Map.entry(
                    "simulate",
                    // Jackson for the tree in which `resource.yaml` gives a scenario.
                    new Room(
                            Set.of("loop", "node", "control", "store", "report", "resource", "std"),
                            Set.of("io.fabric8.kubernetes.api", "com.fasterxml.jackson"))),
            Map.entry(
                    "plane",
                    new Room(Set.of("apiserver", "node", "loop", "control", "store", "resource", "std"), MODEL)),
            Map.entry(
                    "apiserver",
                    new Room(
                            Set.of("store", "resource", "std"),
                            Set.of("io.vertx", "io.netty", "io.fabric8.kubernetes.api", "com.fasterxml.jackson"))),
            Map.entry(
                    "apiserver.protobuf",
                    new Room(
                            Set.of("resource"),
                            Set.of("com.google.protobuf", "io.kubernetes.client.proto", "com.fasterxml.jackson"))),
            Map.entry("node", new Room(Set.of("resource", "std"), MODEL)),
            Map.entry(
                    "node.container",
                    new Room(
                            Set.of("resource", "std"),
                            Set.of("io.vertx", "io.fabric8.kubernetes.api", "com.fasterxml.jackson"))),
            Map.entry("loop", new Room(Set.of("control", "store", "resource", "std"), MODEL)),
            Map.entry("control", new Room(Set.of("resource", "std"), NONE)),
            Map.entry("store", new Room(Set.of("std"), Set.of("org.pcollections"))),
            Map.entry(
                    "store.sqlite",
                    new Room(Set.of("std"), Set.of("org.pcollections", "org.sqlite", "java.sql", "javax.sql"))),
            Map.entry("report", new Room(Set.of("resource", "std"), NONE)),
            Map.entry("resource", new Room(Set.of("std"), FABRIC8_MODEL)),
            Map.entry("std", new Room(NONE, NONE)));

    /// Which sub-rooms of a room see which of their siblings; sub-rooms without a row see all of them.
    private static final Set<String> RESOURCE_BASE = Set.of("value", "view", "schema");

    private final JavaClasses classes = House.classes();

    @Test
    void everyPackageBelongsToARoom() {
        Set<String> strangers = new TreeSet<>();
        for (JavaClass type : classes) {
            if (!ROOMS.containsKey(House.room(House.place(type)))) {
                strangers.add(type.getName());
            }
        }
        assertThat(strangers).as("classes outside the rooms of the table").isEmpty();
    }

    @Test
    void roomsImportOnlyTheRoomsOfTheirRow() {
        assertThat(complaints((from, to) -> roomComplaint(House.place(from), to)))
                .isEmpty();
    }

    @Test
    void roomsImportOnlyTheLibrariesOfTheirRow() {
        assertThat(complaints((from, to) -> libraryComplaint(House.place(from), to)))
                .isEmpty();
    }

    @Test
    void theTableHasNoCycles() {
        for (String room : ROOMS.keySet()) {
            assertThat(reachable(room, new TreeSet<>()))
                    .as("rooms reached from " + room)
                    .doesNotContain(room);
        }
    }

    @Test
    void resourceSiblingsImportOnlyValueViewAndSchema() {
        assertThat(complaints((from, to) -> siblingComplaint(House.place(from), House.place(to))))
                .isEmpty();
    }

    @Test
    void onlyStoreSqliteKnowsSql() {
        assertThat(complaints((from, to) -> {
                    boolean sql = to.getPackageName().startsWith("java.sql")
                            || to.getPackageName().startsWith("org.sqlite");
                    return sql && !House.place(from).equals("store.sqlite")
                            ? Optional.of("SQL belongs in store.sqlite")
                            : Optional.empty();
                }))
                .isEmpty();
    }

    @Test
    void onlyApiserverHttpKnowsSockets() {
        assertThat(complaints((from, to) -> {
                    boolean http = to.getPackageName().startsWith("io.vertx")
                            || to.getPackageName().startsWith("io.netty");
                    boolean stranger = House.place(from).startsWith("apiserver")
                            && !House.place(from).startsWith("apiserver.http");
                    return http && stranger ? Optional.of("sockets belong in apiserver.http") : Optional.empty();
                }))
                .isEmpty();
    }

    @Test
    void theJsonpathEngineStandsAlone() {
        assertThat(complaints((from, to) -> {
                    boolean engine = House.place(from).startsWith("cli.jsonpath");
                    String place = House.place(to);
                    boolean allowed = place.isEmpty()
                            ? jdk(to) || to.getPackageName().startsWith("com.fasterxml.jackson")
                            : place.startsWith("cli.jsonpath")
                                    || place.equals("std")
                                    || place.startsWith("resource.value");
                    return engine && !allowed
                            ? Optional.of("cli.jsonpath is pure: JSON in, text out")
                            : Optional.empty();
                }))
                .isEmpty();
    }

    private static Optional<String> roomComplaint(String from, JavaClass target) {
        String to = House.place(target);
        if (to.isEmpty() || House.room(to).equals(House.room(from))) {
            return Optional.empty();
        }
        Set<String> allowed = row(from).rooms();
        boolean fine = allowed.stream().anyMatch(room -> to.equals(room) || to.startsWith(room + "."));
        return fine
                ? Optional.empty()
                : Optional.of("room " + from + " may import " + new TreeSet<>(allowed) + " only");
    }

    private static Optional<String> libraryComplaint(String from, JavaClass target) {
        if (!House.place(target).isEmpty()
                || (jdk(target) && !target.getPackageName().startsWith("java.sql"))) {
            return Optional.empty();
        }
        Set<String> allowed = row(from).libraries();
        boolean fine = allowed.stream().anyMatch(prefix -> target.getName().startsWith(prefix + "."));
        return fine
                ? Optional.empty()
                : Optional.of("room " + from + " may use the libraries " + new TreeSet<>(allowed) + " only");
    }

    private static Optional<String> siblingComplaint(String from, String to) {
        if (!from.startsWith("resource.") || !to.startsWith("resource")) {
            return Optional.empty();
        }
        String mine = second(from);
        String its = second(to);
        if (mine.equals(its)) {
            return Optional.empty();
        }
        boolean fine = switch (mine) {
            case "value" -> false;
            case "view" -> its.equals("value");
            case "schema" -> its.equals("value") || its.equals("view");
            default -> RESOURCE_BASE.contains(its);
        };
        return fine ? Optional.empty() : Optional.of("resource." + mine + " may not import resource." + its);
    }

    private static String second(String place) {
        String[] parts = place.split("\\.");
        return parts.length > 1 ? parts[1] : "";
    }

    /// The row of the place, or of the room around it.
    private static Room row(String place) {
        for (String at = place; !at.isEmpty(); at = at.contains(".") ? at.substring(0, at.lastIndexOf('.')) : "") {
            Room room = ROOMS.get(at);
            if (room != null) {
                return room;
            }
        }
        return new Room(NONE, NONE);
    }

    private static Set<String> reachable(String room, Set<String> seen) {
        Room row = ROOMS.get(room);
        if (row != null) {
            for (String next : row.rooms()) {
                String target = House.room(next);
                if (seen.add(target)) {
                    reachable(target, seen);
                }
            }
        }
        return seen;
    }

    private static boolean jdk(JavaClass type) {
        String name = type.getPackageName();
        return name.isEmpty()
                || name.startsWith("java.")
                || name.startsWith("javax.")
                || name.startsWith("jdk.")
                || name.startsWith("org.jspecify");
    }

    /// What `judge` says about each dependency between two classes, one line per pair.
    private List<String> complaints(BiFunction<JavaClass, JavaClass, Optional<String>> judge) {
        Map<String, String> found = new TreeMap<>();
        for (JavaClass from : classes) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = House.plain(dependency.getTargetClass());
                judge.apply(from, to).ifPresent(why -> found.put(from.getName() + " -> " + to.getName(), why));
            }
        }
        return found.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
    }
}
