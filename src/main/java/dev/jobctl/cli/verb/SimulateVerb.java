package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.cli.file.Manifest;
import dev.jobctl.cli.file.Sources;
import dev.jobctl.cli.output.JsonText;
import dev.jobctl.cli.output.YamlText;
import dev.jobctl.report.Timeline;
import dev.jobctl.report.TimelineText;
import dev.jobctl.report.TimelineTree;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.yaml.YamlProblem;
import dev.jobctl.simulate.Scenario;
import dev.jobctl.simulate.ScenarioReader;
import dev.jobctl.simulate.ScenarioWords;
import dev.jobctl.simulate.Simulation;
import dev.jobctl.simulate.WorstCases;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// `jobctl simulate`: runs Jobs on a virtual clock, prints what happens, and answers with their outcome. Needs no
/// control plane: it makes a small one of its own.
public final class SimulateVerb {
    /// Columns of a text that goes to a file.
    private static final int PLAIN_WIDTH = 120;

    private static final String TEXT = "text";

    /// Option -> what it changes, in the order in which they are applied.
    private static final List<Setting> SETTINGS = List.of(
            new Setting("--seed", ScenarioWords::seed),
            new Setting("--until", ScenarioWords::until),
            new Setting("--nodes", ScenarioWords::nodes),
            new Setting("--duration", ScenarioWords::duration),
            new Setting("--fail", ScenarioWords::fail),
            new Setting("--at", ScenarioWords::at),
            new Setting("--lose-node", ScenarioWords::loseNode));

    /// One option that changes a scenario.
    private record Setting(String option, Change change) {
        @FunctionalInterface
        private interface Change {
            dev.jobctl.resource.value.Parsed<Scenario> of(Scenario scenario, String text);
        }

        Scenario apply(Scenario scenario, String text) {
            return switch (change.of(scenario, text)) {
                case dev.jobctl.resource.value.Parsed.Good<Scenario>(Scenario next) -> next;
                case dev.jobctl.resource.value.Parsed.Bad<Scenario>(String why) ->
                    throw new UsageError("invalid argument \"" + text + "\" for \"" + option + "\" flag: " + why);
            };
        }
    }

    /// @param settings texts by option
    record Options(Sources files, Map<String, List<String>> settings, String output, boolean explain) {}

    private SimulateVerb() {}

    static Command<Options> command() {
        return Command.named("simulate")
                .summary("Run Jobs on a virtual clock and print what happens; the exit code is their outcome")
                .values("-f --filename", "FILE", "Jobs, and scenarios if any; - for standard input")
                .values("--scenario", "FILE", "The same, for a scenario of its own file")
                .flag("-R --recursive", "Look in folders of a directory too")
                .values("--fail", "RULE", "Which runs do what: index=3:exit=1x2, chance=5%:oom, start=never ...")
                .value("--duration", "TIME", "Of a run that ends well: 30s (the default), 30s±5s, 10s..60s")
                .value("--nodes", "COUNT", "How many nodes, called node-1 ...; 1 by default")
                .values("--lose-node", "NODE@TIME", "That node's power fails: 2@10m, or 2@10m..20m")
                .values("--at", "'TIME ACTION'", "Such as '5m suspend', '8m resume', '1m drain 2'")
                .value("--seed", "NUMBER", "Of all chance; 1 by default. Same seed, same timeline")
                .value("--until", "TIME", "How long at most; 24h by default. Then exit code 124")
                .value("-o --output", "FORMAT", "text (the default), json or yaml")
                .flag("--explain", "Each counter and rule at each step")
                .examples(
                        "jobctl simulate -f job.yaml --fail 'index=3:exit=1x2'",
                        "jobctl simulate -f job.yaml --nodes 5 --lose-node 2@10m --duration 30s±5s",
                        "jobctl simulate -f examples/scenarios/backoff-to-failure.yaml --explain")
                .build(SimulateVerb::read, SimulateVerb::run);
    }

    private static Options read(Parsed p) {
        List<String> names = new ArrayList<>(p.texts("--filename"));
        names.addAll(p.texts("--scenario"));
        if (names.isEmpty()) {
            throw new UsageError("must specify --filename, such as 'jobctl simulate -f job.yaml'");
        }
        Map<String, List<String>> settings =
                SETTINGS.stream().collect(Collectors.toMap(Setting::option, setting -> texts(p, setting.option())));
        String output = p.choice("--output", TEXT, "json", "yaml");
        return new Options(
                new Sources(names, p.flag("--recursive")),
                settings,
                output == null ? TEXT : output,
                p.flag("--explain"));
    }

    private static List<String> texts(Parsed p, String option) {
        boolean several = List.of("--fail", "--at", "--lose-node").contains(option);
        return several
                ? p.texts(option)
                : Optional.ofNullable(p.text(option)).stream().toList();
    }

    static int run(Session session, Options options) {
        Scenario scenario = scenario(session, options);
        var telling = new Simulation.Telling(!options.output().equals(TEXT), options.explain());
        Timeline timeline = WorstCases.add(Simulation.run(scenario, telling, session::checkCancelled), scenario);
        session.out()
                .print(
                        switch (options.output()) {
                            case "json" -> JsonText.of(tree(timeline));
                            case "yaml" -> YamlText.of(tree(timeline));
                            default -> TimelineText.of(timeline, width(session));
                        });
        return timeline.jobs().stream()
                .mapToInt(Timeline.JobEnd::exitCode)
                .max()
                .orElse(0);
    }

    private static JsonNode tree(Timeline timeline) {
        return Json.tree((Object) TimelineTree.of(timeline));
    }

    private static int width(Session session) {
        return session.terminal().outputIsTerminal() ? session.terminal().width() : PLAIN_WIDTH;
    }

    private static Scenario scenario(Session session, Options options) {
        List<Scenario.Item> objects = new ArrayList<>();
        List<YamlProblem> problems = new ArrayList<>();
        Scenario scenario = Scenario.of(List.of());
        for (Manifest manifest : Writing.checkedLocally(session, options.files())) {
            if (ScenarioReader.isScenario(manifest.document())) {
                ScenarioReader.Reading reading = ScenarioReader.read(manifest.document(), scenario);
                scenario = reading.scenario();
                problems.addAll(reading.problems());
            } else {
                problems.addAll(ScenarioReader.annotations(manifest.document()));
                objects.add(item(manifest));
            }
        }
        if (!problems.isEmpty()) {
            throw new CommandError(
                    problems.stream().map(YamlProblem::toString).collect(Collectors.joining("\nerror: ")));
        }
        return checked(set(scenario, options).withObjects(objects), options);
    }

    private static Scenario set(Scenario scenario, Options options) {
        Scenario result = scenario;
        for (Setting setting : SETTINGS) {
            for (String text : options.settings().getOrDefault(setting.option(), List.of())) {
                result = setting.apply(result, text);
            }
        }
        return result;
    }

    private static Scenario checked(Scenario scenario, Options options) {
        boolean runs = scenario.objects().stream()
                .anyMatch(item ->
                        List.of("Job", "CronJob", "Pod").contains(item.kind().kind()));
        if (!runs) {
            throw new UsageError(
                    "there is no Job in " + String.join(", ", options.files().names()));
        }
        List<String> complaints = ScenarioWords.complaints(scenario);
        if (!complaints.isEmpty()) {
            throw new UsageError(String.join("\nerror: ", complaints));
        }
        return scenario;
    }

    private static Scenario.Item item(Manifest manifest) {
        Kind kind = Kinds.byName(manifest.apiVersion(), manifest.kind())
                .orElseThrow(() -> new CommandError(manifest.source() + ": no simulation of kind \"" + manifest.kind()
                        + "\" in version \"" + manifest.apiVersion() + "\"; name Jobs and what they need"));
        HasMetadata object = Json.bind(manifest.tree(), kind.type());
        if (kind.namespaced() && manifest.namespace().isEmpty()) {
            object.getMetadata().setNamespace("default");
        }
        if (object.getMetadata().getName() == null) {
            object.getMetadata().setName(object.getMetadata().getGenerateName() + "1");
        }
        return new Scenario.Item(kind, object);
    }
}
