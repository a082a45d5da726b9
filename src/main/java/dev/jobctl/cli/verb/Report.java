package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.output.Form;
import dev.jobctl.cli.output.JsonText;
import dev.jobctl.cli.output.Objects;
import dev.jobctl.cli.output.YamlText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells of changed objects, one after another: `job.batch/pi created`, or the object in the form asked for.
/// Owned by the command's thread.
final class Report {
    private final Session session;
    private final Form form;
    private final boolean together;
    private final List<ObjectNode> kept = new ArrayList<>();
    private boolean following;

    private Report(Session session, Form form, boolean together) {
        if (form instanceof Form.Custom) { // before anything is changed
            throw new CommandError("unable to match a printer suitable for the output format \"custom-columns\"");
        }
        this.session = session;
        this.form = form;
        this.together = together;
    }

    /// Each object at once. `output` is the value of `--output`, null when not given.
    static Report each(Session session, @Nullable String output) {
        return new Report(session, Flags.form(output, session), false);
    }

    /// Several objects as one `List`, when all are there; the caller says so by [#end].
    static Report together(Session session, @Nullable String output) {
        return new Report(session, Flags.form(output, session), true);
    }

    void tell(ResourceType type, ObjectNode object, String done) {
        String name = object.path("metadata").path("name").asText();
        switch (form) {
            case Form.Rows rows -> session.out().println(type.label(name) + " " + done);
            case Form.Name() -> session.out().println(type.label(name));
            case Form.Json() -> whole(object);
            case Form.Yaml() -> whole(object);
            case Form.Path path -> whole(object);
            case Form.Custom custom -> throw new IllegalStateException("refused before: " + custom);
        }
    }

    void end() {
        if (!kept.isEmpty()) {
            print(kept.size() == 1 ? kept.getFirst() : Objects.list(kept));
        }
    }

    private void whole(ObjectNode object) {
        if (together) {
            kept.add(object);
        } else {
            print(object);
        }
    }

    private void print(ObjectNode object) {
        switch (form) {
            case Form.Json() -> session.out().print(JsonText.of(Objects.withoutManagedFields(object)));
            case Form.Yaml() -> {
                session.out().print((following ? "---\n" : "") + YamlText.of(Objects.withoutManagedFields(object)));
                following = true;
            }
            case Form.Path path -> session.out().print(Flags.filled(path, object, true));
            case Form.Rows rows -> throw new IllegalStateException("rows are told at once: " + rows);
            case Form.Name() -> throw new IllegalStateException("names are told at once");
            case Form.Custom custom -> throw new IllegalStateException("refused before: " + custom);
        }
    }
}
