package dev.jobctl.node.volume;

import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.resource.value.Quantities;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks now and then whether a pod's emptyDir volumes have outgrown their limits. A virtual thread for each pod that
/// has such limits; other pods cost nothing.
public final class SizeLimits implements AutoCloseable {
    /// Oftener than the kubelet: a volume here shares its disk with all that the user has.
    private static final long LOOK_SECONDS = 1;

    /// Counting more files takes too long; by then the limit that they exceed is found elsewhere.
    private static final long FILES_MAX = 1_000_000;

    private final Map<String, Quantity> limits = new LinkedHashMap<>();
    private final PodDirectory directory;
    private final CountDownLatch closed = new CountDownLatch(1);

    private SizeLimits(PodDirectory directory) {
        this.directory = directory;
    }

    /// `exceeded` gets the kubelet's words, once. Empty when the pod has no such limits.
    public static Optional<SizeLimits> watch(Pod pod, PodDirectory directory, Consumer<String> exceeded) {
        var watched = new SizeLimits(directory);
        for (Volume volume : pod.getSpec().getVolumes()) {
            @Nullable
            Quantity limit =
                    volume.getEmptyDir() == null ? null : volume.getEmptyDir().getSizeLimit();
            if (limit != null && Quantities.amount(limit).signum() > 0) {
                watched.limits.put(volume.getName(), limit);
            }
        }
        if (watched.limits.isEmpty()) {
            return Optional.empty();
        }
        Thread.ofVirtual().name("volumes-" + pod.getMetadata().getName()).start(() -> watched.run(exceeded));
        return Optional.of(watched);
    }

    private void run(Consumer<String> exceeded) {
        try {
            while (!closed.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
                for (Map.Entry<String, Quantity> limit : limits.entrySet()) {
                    long most = Quantities.amount(limit.getValue()).longValue();
                    if (size(directory.volume(limit.getKey())) > most) {
                        exceeded.accept("Usage of EmptyDir volume \"%s\" exceeds the limit \"%s\". "
                                .formatted(limit.getKey(), Quantities.text(limit.getValue())));
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Of all files in it, as far as they can be read.
    private static long size(Path directory) {
        var sum = new AtomicLong();
        var files = new AtomicLong();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum.addAndGet(attributes.size());
                    return files.incrementAndGet() < FILES_MAX ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) { // what could be counted counts
            return sum.get();
        }
        return sum.get();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
