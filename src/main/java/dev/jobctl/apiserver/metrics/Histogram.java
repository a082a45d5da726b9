package dev.jobctl.apiserver.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// How long things took, in seconds, by labels. Safe from any thread.
final class Histogram {
    /// Upper ends of the buckets, in seconds: those of kube-apiserver that still tell something here, and two below for
    /// answers within a millisecond.
    private static final double[] ENDS = {0.0005, 0.001, 0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 2, 5, 10, 60};

    private final String name;
    private final String help;
    private final Map<String, Series> series = new ConcurrentSkipListMap<>();

    Histogram(String name, String help) {
        this.name = name;
        this.help = help;
    }

    private static final class Series {
        private final AtomicLongArray buckets = new AtomicLongArray(ENDS.length + 1);
        private final LongAdder nanos = new LongAdder();
    }

    void observe(Labels labels, Duration took) {
        Series one = series.computeIfAbsent(labels.text(), text -> new Series());
        double seconds = took.toNanos() / 1e9;
        int bucket = 0;
        while (bucket < ENDS.length && seconds > ENDS[bucket]) {
            bucket++;
        }
        one.buckets.incrementAndGet(bucket);
        one.nanos.add(took.toNanos());
    }

    void write(Text text) {
        text.head(name, "histogram", help);
        series.forEach((labels, one) -> {
            long count = 0;
            for (int i = 0; i <= ENDS.length; i++) {
                count += one.buckets.get(i);
                String end = i == ENDS.length ? "+Inf" : Text.number(ENDS[i]);
                text.sample(
                        name + "_bucket", labels.substring(0, labels.length() - 1) + ",le=\"" + end + "\"}", (double)
                                count);
            }
            text.sample(name + "_sum", labels, one.nanos.sum() / 1e9);
            text.sample(name + "_count", labels, (double) count);
        });
    }
}
