package dev.jobctl.cli.verb;

import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.output.Columns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `jobctl api-resources`: the types that the server serves.
public final class ApiResourcesVerb {
    record Options(boolean names, boolean noHeaders) {}

    private ApiResourcesVerb() {}

    static Command<Options> command() {
        return Command.named("api-resources")
                .summary("List the types that the server serves")
                .value("-o --output", "FORMAT", "name")
                .flag("--no-headers", "No header line")
                .build(
                        p -> new Options(p.choice("--output", "name") != null, p.flag("--no-headers")),
                        ApiResourcesVerb::run);
    }

    static int run(Session session, Options options) {
        List<ResourceType> types = session.cluster().types().discovered().stream()
                .sorted(Comparator.comparing(ResourceType::group).thenComparing(ResourceType::plural))
                .toList();
        if (options.names()) {
            types.forEach(type -> session.out().println(type.qualifiedPlural()));
            return Exit.OK;
        }
        List<List<String>> rows = new ArrayList<>();
        if (!options.noHeaders()) {
            rows.add(List.of("NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"));
        }
        for (ResourceType type : types) {
            rows.add(List.of(
                    type.plural(),
                    String.join(",", type.shortNames()),
                    type.apiVersion(),
                    Boolean.toString(type.namespaced()),
                    type.kind()));
        }
        session.out().print(Columns.table(rows));
        return Exit.OK;
    }
}
