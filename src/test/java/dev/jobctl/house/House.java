package dev.jobctl.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The house as the tests see it: its classes, its sources, and which room something is in.
final class House {
    static final String BASE = "dev.jobctl";

    private House() {}

    /// The production classes.
    static JavaClasses classes() {
        JavaClasses classes = new ClassFileImporter().importPath(Path.of("target/classes"));
        if (classes.isEmpty()) {
            throw new IllegalStateException("no classes in target/classes: a rule over nothing proves nothing");
        }
        return classes;
    }

    /// Production and test classes.
    static JavaClasses allClasses() {
        return new ClassFileImporter().importPaths(Path.of("target/classes"), Path.of("target/test-classes"));
    }

    /// The Java files under `src/main/java` or `src/test/java`, sorted.
    static List<Path> sources(String tree) {
        try (Stream<Path> files = Files.walk(Path.of("src", tree, "java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The path below the base package: `resource.value`, or empty for what is not ours.
    static String place(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(BASE + ".") ? name.substring(BASE.length() + 1) : "";
    }

    /// The first part of the place: `resource`.
    static String room(String place) {
        int dot = place.indexOf('.');
        return dot < 0 ? place : place.substring(0, dot);
    }

    /// The element type of an array, otherwise the type itself.
    static JavaClass plain(JavaClass type) {
        return type.getBaseComponentType();
    }
}
