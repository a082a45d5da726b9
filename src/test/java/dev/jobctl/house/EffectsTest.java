package dev.jobctl.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Which rooms may touch the world. Reads the calls and field accesses in the compiled classes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EffectsTest {
    private static final List<String> PURE = List.of("resource", "control", "report", "node.life", "cli.jsonpath");

    /// Types that reach out of the program; a trailing dot means the whole package.
    private static final List<String> EFFECTS = List.of(
            "java.lang.System",
            "java.lang.Runtime",
            "java.lang.Thread",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.time.Clock",
            "java.util.Random",
            "java.util.concurrent.ThreadLocalRandom",
            "java.security.SecureRandom",
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.nio.file.Files",
            "java.nio.channels.",
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.net.http.",
            "java.util.Timer",
            "java.util.concurrent.Executors",
            "java.util.logging.",
            "org.slf4j.",
            "dev.jobctl.std.Log",
            "dev.jobctl.std.Time",
            "dev.jobctl.std.Luck");

    /// Harmless members of the types above.
    private static final Set<String> HARMLESS =
            Set.of("System.arraycopy", "System.identityHashCode", "System.lineSeparator");

    /// Calls that read a clock or chance though their type is harmless.
    private static final Set<String> HIDDEN = Set.of(
            "Instant.now",
            "LocalDate.now",
            "LocalDateTime.now",
            "LocalTime.now",
            "ZonedDateTime.now",
            "OffsetDateTime.now",
            "Year.now",
            "UUID.randomUUID",
            "Math.random",
            "Collections.shuffle",
            "ZoneId.systemDefault");

    private final JavaClasses production = House.classes();

    @Test
    void pureRoomsTouchNothing() {
        assertThat(accesses(
                        production,
                        access -> pure(access.getOriginOwner()) && (effect(access) || HIDDEN.contains(called(access)))))
                .as("a pure room takes what it needs as an argument")
                .isEmpty();
    }

    @Test
    void onlyStdReadsAClockOrChance() {
        assertThat(accesses(
                        production,
                        access -> !in(access, "std")
                                && (HIDDEN.contains(called(access))
                                        || called(access).equals("System.currentTimeMillis")
                                        || called(access).startsWith("Clock.system"))))
                .as("clock and chance come through std.Time and std.Luck")
                .isEmpty();
    }

    @Test
    void onlyLaunchTouchesStreamsEnvironmentAndExit() {
        Set<String> members = Set.of(
                "System.in",
                "System.out",
                "System.err",
                "System.exit",
                "System.getenv",
                "System.console",
                "Runtime.exit",
                "Runtime.halt",
                "System.setOut",
                "System.setErr",
                "System.setIn");
        assertThat(accesses(production, access -> !in(access, "launch") && members.contains(called(access))))
                .as("standard streams, environment and exit belong to launch; a Terminal carries them")
                .isEmpty();
    }

    @Test
    void onlyFourRoomsStartProcesses() {
        Set<String> members = Set.of("ProcessBuilder.start", "ProcessBuilder.startPipeline", "Runtime.exec");
        assertThat(accesses(
                        production,
                        access -> members.contains(called(access))
                                && !in(access, "launch")
                                && !in(access, "node.process")
                                && !in(access, "node.container")))
                .as("processes are started in node.process, node.container and launch only")
                .isEmpty();
    }

    @Test
    void nobodySleeps() {
        Set<String> members = Set.of("Thread.sleep", "TimeUnit.sleep");
        assertThat(accesses(House.allClasses(), access -> members.contains(called(access))))
                .as("wait on a condition, with a deadline")
                .isEmpty();
    }

    @Test
    void noStaticFieldIsMutable() {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : production) {
            for (JavaField field : type.getFields()) {
                boolean compilers = field.getModifiers().contains(JavaModifier.SYNTHETIC)
                        || field.getName().startsWith("$");
                if (field.getModifiers().contains(JavaModifier.STATIC) && !compilers && mutable(field)) {
                    found.add(field.getFullName());
                }
            }
        }
        assertThat(found)
                .as("static fields are constants: final, and not a collection or array that anybody can change")
                .isEmpty();
    }

    /// Not final, or of a type that is made to be changed. Arrays and `List.of` cannot be told apart by type: only the
    /// types that exist to be changed count.
    private static boolean mutable(JavaField field) {
        String type = field.getRawType().getName();
        return !field.getModifiers().contains(JavaModifier.FINAL)
                || type.startsWith("java.util.concurrent.")
                || type.startsWith("java.lang.ThreadLocal")
                || Set.of(
                                "java.util.ArrayList",
                                "java.util.HashMap",
                                "java.util.LinkedHashMap",
                                "java.util.HashSet",
                                "java.util.TreeMap",
                                "java.util.IdentityHashMap",
                                "java.util.WeakHashMap",
                                "java.util.ArrayDeque")
                        .contains(type);
    }

    private static Set<String> accesses(Iterable<JavaClass> classes, Predicate<JavaAccess<?>> bad) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                if (bad.test(access)) {
                    found.add(access.getOrigin().getFullName() + " uses " + called(access) + " (line "
                            + access.getLineNumber() + ")");
                }
            }
        }
        return found;
    }

    private static boolean pure(JavaClass type) {
        String place = House.place(type);
        return PURE.stream().anyMatch(room -> place.equals(room) || place.startsWith(room + "."));
    }

    private static boolean in(JavaAccess<?> access, String room) {
        String place = House.place(access.getOriginOwner());
        return place.equals(room) || place.startsWith(room + ".");
    }

    private static boolean effect(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        boolean listed =
                EFFECTS.stream().anyMatch(name -> name.endsWith(".") ? owner.startsWith(name) : owner.equals(name));
        return listed && !HARMLESS.contains(called(access));
    }

    private static String called(JavaAccess<?> access) {
        return access.getTargetOwner().getSimpleName() + "."
                + access.getTarget().getName();
    }
}
