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
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A control plane in this process for one `jobctl run`: a temporary home, no socket, nothing left behind.
final class PrivatePlane implements RunPlane {
    @Override
    public Opened open(Settings settings) {
        try {
            Path home = Files.createTempDirectory("jobctl-run-");
            PlaneOptions options = new PlaneOptions(
                    home, PlaneOptions.podEnvironment(settings.environment()), settings.directory(), Build.version());
            return new Direct(Plane.openPrivate(options, Log.none()), home);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary home for this run: " + e.getMessage(), e);
        }
    }

    private record Direct(Plane plane, Path home) implements Opened {
        @Override
        public Answer send(Call call) {
            ApiResponse response = plane.handle(request(call));
            List<String> warnings = warnings(response.headers().get("warning"));
            return switch (response) {
                case ApiResponse.Whole whole ->
                    new Answer(whole.code(), warnings, new ByteArrayInputStream(whole.body()));
                case ApiResponse.Stream stream ->
                    new Answer(stream.code(), warnings, ResponsePipe.start(stream.writer()));
            };
        }

        private static ApiRequest request(Call call) {
            Map<String, List<String>> query = new LinkedHashMap<>();
            call.query().forEach((name, value) -> query.put(name, List.of(value)));
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("accept", call.accept());
            if (!call.contentType().isEmpty()) {
                headers.put("content-type", call.contentType());
            }
            return new ApiRequest(call.method(), call.path(), query, headers, call.body());
        }

        /// Texts of `299 - "TEXT"` lines.
        private static List<String> warnings(@Nullable String header) {
            return header == null
                    ? List.of()
                    : header.lines()
                            .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
                            .map(text -> text.replace("\\\"", "\""))
                            .toList();
        }

        @Override
        public String address() {
            return "this process";
        }

        @Override
        public void close() {
            plane.close(false);
            try {
                Files.walkFileTree(home, new Removal());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove " + home + ": " + e.getMessage(), e);
            }
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes facts) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
