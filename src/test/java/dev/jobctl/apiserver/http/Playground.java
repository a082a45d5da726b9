package dev.jobctl.apiserver.http;

import dev.jobctl.apiserver.ApiServer;
import dev.jobctl.apiserver.MemoryBackend;
import dev.jobctl.apiserver.TestServer;
import dev.jobctl.std.Log;
import dev.jobctl.std.Luck;
import dev.jobctl.std.Time;
import java.nio.file.Files;
import java.nio.file.Path;

final class Playground {
    private Playground() {}

    public static void main(String[] args) throws Exception {
        long start = System.nanoTime();
        Path home = Path.of(args[0]);
        Log log = new Log(System.err::println, Log.Level.DEBUG, Time.system(), "http");
        Credentials credentials = Credentials.open(home, Time.system().now(), Luck.secure());
        System.err.println("credentials " + (System.nanoTime() - start) / 1_000_000);
        MemoryBackend backend = new MemoryBackend(Time.system());
        ApiServer server = TestServer.server(backend, credentials.adminToken(), Time.system(), log);
        System.err.println("server " + (System.nanoTime() - start) / 1_000_000);
        HttpFront front = HttpFront.open(Integer.parseInt(args[1]), credentials, server::handle, log);
        Files.writeString(home.resolve("kubeconfig"), credentials.kubeconfig("jobctl", front.address()));
        System.err.println("listening " + front.address() + " " + (System.nanoTime() - start) / 1_000_000);
        Thread.currentThread().join();
    }
}
