package dev.jobctl.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.value.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The context that `jobctl use` chose, in the home's `config.json`.
///
/// @param file need not exist
public record Remembered(Path file) {
    /// A context of certain kubeconfig files, absolute.
    public record Choice(String context, List<Path> files) {
        public Choice {
            files = List.copyOf(files);
        }
    }

    /// Empty: the local plane.
    public Optional<Choice> context() {
        JsonNode tree;
        try {
            tree = Json.tree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            if (!Files.isDirectory(home())) {
                return Optional.empty(); // no home at all: whoever needs one says so
            }
            throw unreadable(e);
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(e);
        }
        String context = tree.path("context").asText("");
        if (context.isEmpty()) {
            return Optional.empty();
        }
        List<Path> files = new ArrayList<>();
        tree.path("kubeconfig").forEach(path -> files.add(Path.of(path.asText())));
        return Optional.of(new Choice(context, files));
    }

    /// Where the file lies; the root has no parent and holds no such file.
    private Path home() {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    private AccessError unreadable(Exception cause) {
        return new AccessError(file + " cannot be read; `jobctl use local` writes it anew", cause);
    }

    public void choose(Choice choice) {
        ObjectNode tree = Json.MAPPER.createObjectNode().put("context", choice.context());
        choice.files().forEach(path -> tree.withArray("kubeconfig").add(path.toString()));
        write(tree);
    }

    public void chooseLocal() {
        write(Json.MAPPER.createObjectNode());
    }

    private void write(ObjectNode tree) {
        try {
            Path home = home();
            if (!Files.isDirectory(home)) {
                Files.createDirectories(home.resolveSibling(".").normalize());
                Files.createDirectory(
                        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.write(fresh, Json.write(tree));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AccessError("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
