package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.Version;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.output.JsonText;
import dev.jobctl.cli.output.YamlText;
import dev.jobctl.resource.value.Json;
import org.jspecify.annotations.Nullable;

/// `jobctl version`: of this program, and of the server where one is named or the local one runs.
public final class VersionVerb {
    record Options(boolean clientOnly, @Nullable String output) {}

    private VersionVerb() {}

    static Command<Options> command() {
        return Command.named("version")
                .summary("Print the versions of jobctl and of the server")
                .flag("--client", "Of jobctl only")
                .value("-o --output", "FORMAT", "json or yaml")
                .build(p -> new Options(p.flag("--client"), p.choice("--output", "json", "yaml")), VersionVerb::run);
    }

    static int run(Session session, Options options) {
        ObjectNode versions = Json.MAPPER.createObjectNode();
        versions.putObject("clientVersion").put("gitVersion", "v" + Version.TEXT);
        if (!options.clientOnly() && reachable(session)) {
            versions.set("serverVersion", session.cluster().read("/version"));
        }
        String output = options.output();
        if (output == null) {
            session.out()
                    .println("Client Version: "
                            + versions.at("/clientVersion/gitVersion").asText());
            if (versions.has("serverVersion")) {
                session.out()
                        .println("Server Version: "
                                + versions.at("/serverVersion/gitVersion").asText());
            }
        } else {
            session.out().print(output.equals("json") ? JsonText.of(versions) : YamlText.of(versions));
        }
        return Exit.OK;
    }

    /// Asking for a version is no reason to start the local plane.
    private static boolean reachable(Session session) {
        return !session.targetsLocal()
                || String.valueOf(session.local().status().get("state")).equals("running");
    }
}
