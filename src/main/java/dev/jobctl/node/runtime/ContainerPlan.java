package dev.jobctl.node.runtime;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One container, settled: every variable expanded, every reference read.
///
/// @param command the image's entrypoint override, empty for none
/// @param arguments what follows the command
/// @param environment in order of definition
/// @param workingDirectory null for the runtime's default
/// @param around what it finds around it
/// @param console what it reads
public record ContainerPlan(
        String name,
        String image,
        List<String> command,
        List<String> arguments,
        Map<String, String> environment,
        @Nullable String workingDirectory,
        MessageSource message,
        Surroundings around,
        Console console) {
    /// One that reads nothing.
    public ContainerPlan(
            String name,
            String image,
            List<String> command,
            List<String> arguments,
            Map<String, String> environment,
            @Nullable String workingDirectory,
            MessageSource message,
            Surroundings around) {
        this(name, image, command, arguments, environment, workingDirectory, message, around, Console.NONE);
    }

    public ContainerPlan {
        command = List.copyOf(command);
        arguments = List.copyOf(arguments);
        environment = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(environment));
    }
}
