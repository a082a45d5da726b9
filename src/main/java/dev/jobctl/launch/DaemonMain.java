package dev.jobctl.launch;

import dev.jobctl.launch.wire.Home;
import dev.jobctl.launch.wire.HomeError;
import java.util.Map;
import java.util.function.Consumer;

/// The daemon's process: standard input is empty, standard error goes to the log file, standard output is a pipe to the
/// front that started it, which gets one line and is then closed.
public final class DaemonMain {
    private DaemonMain() {}

    public static void main(String[] arguments) {
        Consumer<String> ready = trouble -> {
            System.out.println(trouble.isEmpty() ? "ready" : trouble.replace('\n', ' '));
            System.out.close();
        };
        Map<String, String> environment = System.getenv();
        int code;
        try {
            Home home = Home.of(environment, System.getProperty("user.dir", "/"), System.getProperty("user.home", "/"));
            home.prepare();
            Interruption interruption = new Interruption();
            Runtime.getRuntime().addShutdownHook(interruption);
            code = Here.program().serve(home, Main.build(), environment, interruption.cancelled(), ready);
            interruption.done();
        } catch (HomeError e) {
            ready.accept(String.valueOf(e.getMessage()));
            code = 1;
        }
        Runtime.getRuntime().exit(code);
    }
}
