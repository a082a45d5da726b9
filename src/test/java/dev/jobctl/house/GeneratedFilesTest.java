package dev.jobctl.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.cli.verb.Completions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Generated files are what their generator writes today, and do what they are for in a real shell. `-Dupdate` writes
/// them anew.
class GeneratedFilesTest {
    private static final Path BASH = Path.of("completions/jobctl.bash");
    private static final Path ZSH = Path.of("completions/_jobctl");

    @Test
    void completionsAreRegenerated() throws IOException {
        check(BASH, Completions.bash());
        check(ZSH, Completions.zsh());
    }

    @Test
    void bashCompletesVerbsAndOptions() throws Exception {
        assertThat(bash("jobctl ge")).isEqualTo("get");
        assertThat(bash("jobctl get --outp")).isEqualTo("--output");
        assertThat(bash("jobctl get jo")).isEqualTo("jobs");
        assertThat(bash("jobctl create jo")).isEqualTo("job");
        assertThat(bash("jobctl create job --ima")).isEqualTo("--image");
        assertThat(bash("jobctl get serv")).isEqualTo("serviceaccounts services");
        assertThat(bash("jobctl completion b")).isEqualTo("bash");
        assertThat(bash("jobctl help ge")).isEqualTo("get");
    }

    @Test
    void typesAreOfferedWhereOneMayStandAlone() throws Exception {
        for (String verb : List.of("get", "delete", "describe", "wait", "scale", "edit", "patch", "explain", "label")) {
            assertThat(bash("jobctl " + verb + " jo")).as(verb).isEqualTo("jobs");
        }
        for (String verb : List.of("logs", "exec", "attach", "port-forward", "cordon", "suspend")) {
            assertThat(bash("jobctl " + verb + " jo")).as(verb).isEmpty();
        }
    }

    @Test
    void bashFindsTheVerbBehindGlobalOptions() throws Exception {
        assertThat(bash("jobctl -n batch get jo")).isEqualTo("jobs");
        assertThat(bash("jobctl --context prod lo")).isEqualTo("local logs");
        assertThat(bash("jobctl --context = prod lo")).isEqualTo("local logs");
        assertThat(bash("jobctl --debug create -n zz jo")).isEqualTo("job");
        assertThat(bash("jobctl create -n zz job --ima")).isEqualTo("--image");
        assertThat(bash("jobctl get -n default jo")).isEqualTo("jobs");
    }

    @Test
    void globalOptionsAreKnownBehindEveryVerb() throws Exception {
        for (String verb : List.of("get", "create", "create job", "local stop", "uncordon", "suspend", "completion")) {
            assertThat(bash("jobctl " + verb + " --kube")).as(verb).isEqualTo("--kubeconfig");
            assertThat(bash("jobctl " + verb + " -n ''")).as(verb).isEmpty();
        }
        assertThat(bash("jobctl --")).isEmpty();
        assertThat(bash("jobctl local ''")).isEqualTo("env logs reset start status stop");
        assertThat(bash("jobctl local -n ''")).isEmpty();
    }

    @Test
    void bashKnowsWhatStandsBehindAnOption() throws Exception {
        assertThat(bash("jobctl get jobs -o y")).isEqualTo("yaml");
        assertThat(bash("jobctl get jobs --output = y")).isEqualTo("yaml");
        assertThat(bash("jobctl delete job x --cascade =")).isEqualTo("background foreground orphan");
        assertThat(bash("jobctl delete jobs --dry-run --al")).isEqualTo("--all --all-namespaces");
        assertThat(bash("jobctl apply -f ''")).isEmpty();
        assertThat(bash("jobctl -n ''")).isEmpty();
        assertThat(bash("jobctl get -n ''")).isEmpty();
        assertThat(bash("jobctl logs -f --fo")).isEqualTo("--follow");
    }

    @Test
    void namesAreAskedOfJobctlItself() throws Exception {
        assertThat(asked("jobctl get jobs p")).isEqualTo("p:__complete,get,jobs,p");
        assertThat(asked("jobctl -n batch logs -l app = x p")).isEqualTo("p:__complete,-n,batch,logs,-l,app=x,p");
        assertThat(asked("jobctl get jobs --namespace = d")).isEqualTo("d:__complete,get,jobs,--namespace=d");
        assertThat(asked("jobctl get jobs -n ''")).isEqualTo(":__complete,get,jobs,-n,");
        assertThat(asked("jobctl get clusterroles system : no")).isEqualTo("no:__complete,get,clusterroles,system:no");
        for (String line : List.of("get jobs --o", "get jobs -o ''", "apply -f ''", "explain ''", "local stop ''")) {
            assertThat(asked("jobctl " + line)).as(line).doesNotContain("__complete");
        }
    }

    /// Whoever names an object must not run anything on the machine of those who complete its name.
    @Test
    void namesAreNothingButText() throws Exception {
        String name = "x$(echo${IFS}executed)*";
        for (String line : List.of("get jobs x", "get jobs -n x")) {
            assertThat(run(
                            "bash",
                            "-c",
                            "jobctl() { printf '%s\\n' '" + name + "'; }; source " + BASH + "; COMP_WORDS=(jobctl "
                                    + line
                                    + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _jobctl; echo \"${COMPREPLY[*]}\""))
                    .as(line)
                    .isEqualTo(name);
        }
    }

    @Test
    void zshCompletesTheSame() throws Exception {
        if (Files.isExecutable(Path.of("/usr/bin/zsh")) || Files.isExecutable(Path.of("/bin/zsh"))) {
            assertThat(zsh("jobctl ge")).isEqualTo("get:Show objects as a table, or in another form");
            assertThat(zsh("jobctl get jo")).isEqualTo("jobs FILES");
            assertThat(zsh("jobctl -n batch get jo")).isEqualTo("jobs FILES");
            assertThat(zsh("jobctl --context=prod completion z")).isEqualTo("zsh");
            assertThat(zsh("jobctl create -n zz job --im")).isEqualTo("--image:Image of the container");
            assertThat(zsh("jobctl uncordon --kube")).isEqualTo("--kubeconfig:Kubeconfig to use");
            assertThat(zsh("jobctl get jobs -o y")).isEqualTo("yaml");
            assertThat(zsh("jobctl get jobs --output=y")).isEqualTo("yaml");
            assertThat(zsh("jobctl apply -f jo")).isEqualTo("FILES");
            assertThat(zsh("jobctl -n jo")).isEmpty();
            assertThat(zsh("jobctl get -n jo")).isEmpty();
            String jobctl = "function jobctl { local IFS=,; print -- \"${@[-1]}/$*\" }; ";
            assertThat(zsh(jobctl, "jobctl get jobs p")).isEqualTo("p/__complete,get,jobs,p FILES");
            assertThat(zsh(jobctl, "jobctl get -n ''")).isEqualTo("/__complete,get,-n,");
        }
    }

    /// `scripts/test` needs zsh only where it is the user's shell; continuous integration installs it.
    @Test
    void zshKnowsTheCompletion() throws Exception {
        if (Files.isExecutable(Path.of("/usr/bin/zsh")) || Files.isExecutable(Path.of("/bin/zsh"))) {
            String loaded = run(
                    "zsh", "-fc", "autoload -Uz compinit; compinit -u -D; source " + ZSH + "; print $_comps[jobctl]");
            assertThat(loaded).isEqualTo("_jobctl");
        }
    }

    private static void check(Path file, String generated) throws IOException {
        if (System.getProperty("update") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, generated);
        }
        assertThat(file)
                .as("generated by " + Completions.class.getSimpleName() + "; scripts/test -Dupdate writes it anew")
                .exists();
        assertThat(Files.readString(file)).isEqualTo(generated);
    }

    /// What the script offers for the last word.
    private static String bash(String line) throws Exception {
        return run(
                "bash",
                "-c",
                "source " + BASH + "; COMP_WORDS=(" + line
                        + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _jobctl; echo \"${COMPREPLY[*]}\"");
    }

    /// The same where jobctl knows of a name that says what was asked.
    private static String asked(String line) throws Exception {
        return run(
                "bash",
                "-c",
                "jobctl() { local IFS=, last=${!#}; echo \"${last#*=}:$*\"; }; source " + BASH + "; COMP_WORDS=(" + line
                        + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _jobctl; echo \"${COMPREPLY[*]}\"");
    }

    /// What the script hands to zsh's own functions, which work in a line editor only, for the last word.
    private static String zsh(String line) throws Exception {
        return zsh("", line);
    }

    private static String zsh(String before, String line) throws Exception {
        return run("zsh", "-fc", before + """
            compdef() { : }
            compset() { PREFIX=${PREFIX#*=} }
            _describe() { local -a all=("${(@P)2}"); print -l -- ${(M)all:#$PREFIX*} }
            _files() { print FILES }
            source %s
            words=(%s) CURRENT=$#words PREFIX=$words[-1]
            _jobctl
            """.formatted(ZSH, line)).replace('\n', ' ');
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
