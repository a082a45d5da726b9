package dev.jobctl.resource.yaml;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/// Reads YAML. The text is cut at its `---` lines first, as kubectl does, so that a mistake in one document does not
/// hide those in the next.
final class YamlText {
    private YamlText() {}

    /// @param line of its first character, from 1
    record Chunk(String text, int line) {}

    static void read(String text, YamlReader.Collector collector) {
        for (Chunk chunk : chunks(text)) {
            read(chunk, collector);
            if (!collector.budget.take(0)) {
                return;
            }
        }
    }

    private static void read(Chunk chunk, YamlReader.Collector collector) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        try {
            ParserImpl parser = new ParserImpl(new StreamReader(chunk.text()), options);
            while (!parser.checkEvent(Event.ID.StreamEnd)) {
                if (parser.getEvent() instanceof DocumentStartEvent) {
                    new YamlComposer(parser, chunk.line() - 1, collector).document();
                }
            }
        } catch (YamlComposer.Stopped stopped) {
            collector.problem(stopped.mark(), "", stopped.complaint());
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            collector.problem(place(mark, chunk.line() - 1), "", YamlMessages.explain(e, chunk.line() - 1));
        } catch (YAMLException e) {
            collector.problem(
                    new dev.jobctl.resource.yaml.Mark(chunk.line(), 1),
                    "",
                    "not valid YAML: " + YamlMessages.firstLine(String.valueOf(e.getMessage())));
        }
    }

    static dev.jobctl.resource.yaml.Mark place(Mark mark, int linesBefore) {
        return new dev.jobctl.resource.yaml.Mark(mark.getLine() + 1 + linesBefore, mark.getColumn() + 1);
    }

    /// A chunk begins with its `---` line; directives (`%YAML`) stay with the document after them.
    static List<Chunk> chunks(String text) {
        List<Chunk> chunks = new ArrayList<>();
        int line = 1;
        int start = 0;
        int startLine = 1;
        boolean directives = true;
        for (int at = 0; at < text.length(); line++) {
            int end = text.indexOf('\n', at);
            int next = end < 0 ? text.length() : end + 1;
            if (isSeparator(text, at)) {
                if (!directives) {
                    chunks.add(new Chunk(text.substring(start, at), startLine));
                    start = at;
                    startLine = line;
                }
                directives = false;
            } else if (directives && at < next && !blankOrComment(text, at, next) && text.charAt(at) != '%') {
                directives = false;
            }
            at = next;
        }
        chunks.add(new Chunk(text.substring(start), startLine));
        return chunks;
    }

    private static boolean isSeparator(String text, int at) {
        return text.startsWith("---", at) && (at + 3 == text.length() || " \t\r\n".indexOf(text.charAt(at + 3)) >= 0);
    }

    private static boolean blankOrComment(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '#') {
                return true;
            }
            if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                return false;
            }
        }
        return true;
    }
}
