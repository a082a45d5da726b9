package dev.jobctl.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How files and names look, read from the sources as text.
class TidyTest {
    /// Words that say nothing, and what to write instead.
    private static final Map<String, String> BANNED = Map.of(
            "Manager", "what it does: Queue, Pool, Registry",
            "Helper", "the noun of its functions, or move them to the type they serve",
            "Util", "the noun of its functions, or move them to the type they serve",
            "Utils", "the noun of its functions, or move them to the type they serve",
            "Impl", "how it does it: SqliteStore, VirtualTime",
            "Abstract", "an interface, or composition",
            "Data", "what the values are",
            "Info", "what the values are");

    private static final int MAX_LINES = 400;

    /// Where the reason for a file beyond the limit must stand: its first lines with text.
    private static final int FIRST_LINES = 60;

    private static final Pattern TYPE =
            Pattern.compile("^(?:(?:public|protected|private|static|final|sealed|non-sealed|abstract|strictfp) )*"
                    + "(?:class|interface|enum|record|@interface) (\\w+)");

    private final List<Path> sources = Stream.concat(House.sources("main").stream(), House.sources("test").stream())
            .toList();

    @Test
    void publicTypesHaveJavadoc() {
        List<String> found = new ArrayList<>();
        for (Path file : House.sources("main")) {
            List<String> lines = House.read(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).startsWith("public ")
                        && TYPE.matcher(lines.get(i)).find()
                        && !documented(lines, i)) {
                    found.add(file + ":" + (i + 1));
                }
            }
        }
        assertThat(found)
                .as("public types without a /// comment: say what it is and what it guarantees")
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIs() {
        TreeSet<String> found = new TreeSet<>();
        for (Path file : House.sources("main")) {
            Path description = file.resolveSibling("package-info.java");
            if (!Files.exists(description)) {
                found.add(file.getParent() + ": no package-info.java");
                continue;
            }
            String text = House.read(description);
            if (!text.contains("NullMarked")) {
                found.add(description + ": not @NullMarked");
            }
            if (!text.contains("Start at ") && !text.contains("Start reading at ")) {
                found.add(description + ": does not say where to start reading (a line 'Start at {@link ...}')");
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void namesSaySomething() {
        List<String> found = new ArrayList<>();
        for (Path file : sources) {
            House.read(file).lines().forEach(line -> {
                Matcher type = TYPE.matcher(line.strip());
                if (type.find()) {
                    BANNED.forEach((word, instead) -> {
                        if (words(type.group(1)).contains(word)) {
                            found.add(file + ": " + type.group(1) + " says " + word + "; write instead " + instead);
                        }
                    });
                }
            });
        }
        assertThat(found).isEmpty();
    }

    @Test
    void nothingIsLeftToDo() {
        assertThat(matches(Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b(?!\\(#\\d)")))
                .as("write an issue and name it: #12")
                .isEmpty();
    }

    @Test
    void noTestIsSwitchedOff() {
        assertThat(matches(Pattern.compile("@Dis" + "abled\\b")))
                .as("assert today's behaviour and say why it is wrong")
                .isEmpty();
    }

    @Test
    void noPathOfOneMachine() {
        assertThat(matches(Pattern.compile("\"(/home/|/Users/|/ro" + "ot/|/wo" + "rk/)")))
                .isEmpty();
    }

    @Test
    void longFilesSayWhy() {
        List<String> found = new ArrayList<>();
        for (Path file : sources) {
            List<String> lines = House.read(file).lines().toList();
            boolean reason = lines.stream().limit(FIRST_LINES).anyMatch(line -> line.startsWith("/// Long because"));
            if (lines.size() > MAX_LINES && !reason) {
                found.add(file + ": " + lines.size()
                        + " lines; split it, or begin a line of its Javadoc with 'Long because'");
            }
        }
        assertThat(found).isEmpty();
    }

    private List<String> matches(Pattern pattern) {
        List<String> found = new ArrayList<>();
        for (Path file : sources) {
            List<String> lines = House.read(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
                }
            }
        }
        return found;
    }

    /// Whether a `///` comment stands above line `at`, with nothing but annotations between.
    private static boolean documented(List<String> lines, int at) {
        for (int i = at - 1; i >= 0; i--) {
            String line = lines.get(i);
            if (line.startsWith("///")) {
                return true;
            }
            if (line.isBlank() || line.endsWith(";")) {
                return false;
            }
        }
        return false;
    }

    /// `JobDataView` -> Job, Data, View.
    private static List<String> words(String name) {
        return List.of(name.split("(?<=[a-z0-9])(?=[A-Z])"));
    }
}
