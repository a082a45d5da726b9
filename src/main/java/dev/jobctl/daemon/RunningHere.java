package dev.jobctl.daemon;

import dev.jobctl.apiserver.ApiRequest;
import dev.jobctl.apiserver.ApiResponse;
import dev.jobctl.cli.RunPlane;
import dev.jobctl.cli.cluster.Answer;
import dev.jobctl.cli.cluster.Call;
import dev.jobctl.plane.Plane;
import dev.jobctl.plane.PlaneOptions;
import dev.jobctl.std.Log;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The plane of one `jobctl run`: in this process, reached without a socket, its state in memory, its home temporary.
final class RunningHere implements RunPlane.Opened {
    private final Path home;
    private final Plane plane;

    private RunningHere(Path home, Plane plane) {
        this.home = home;
        this.plane = plane;
    }

    /// How runs of this build get theirs.
    static RunPlane plane(String build, Log log) {
        return settings -> open(settings, build, log);
    }

    private static RunningHere open(RunPlane.Settings settings, String build, Log log) {
        try {
            Path home = Files.createTempDirectory("jobctl-run-");
            PlaneOptions options = new PlaneOptions(
                    home,
                    false,
                    PlaneOptions.podEnvironment(settings.environment()),
                    settings.directory(),
                    Version.of(build));
            return new RunningHere(home, Plane.open(options, log));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary directory", e);
        }
    }

    @Override
    public Answer send(Call call) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        call.query().forEach((name, value) -> query.put(name, List.of(value)));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("accept", call.accept());
        if (!call.contentType().isEmpty()) {
            headers.put("content-type", call.contentType());
        }
        ApiResponse response = plane.handle(new ApiRequest(call.method(), call.path(), query, headers, call.body()));
        return switch (response) {
            case ApiResponse.Whole whole ->
                new Answer(whole.code(), Warnings.of(whole.headers()), new ByteArrayInputStream(whole.body()));
            case ApiResponse.Stream stream ->
                new Answer(stream.code(), Warnings.of(stream.headers()), StreamedBody.start(stream.writer()));
        };
    }

    @Override
    public String address() {
        return "in this process";
    }

    @Override
    public void close() {
        plane.close(false);
        try {
            HomeFiles.removeTree(home);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + home, e);
        }
    }
}
