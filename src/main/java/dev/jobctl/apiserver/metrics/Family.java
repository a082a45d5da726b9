package dev.jobctl.apiserver.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// One metric with all its series, told apart by their labels. Safe from any thread.
final class Family {
    private final String name;
    private final String type;
    private final String help;
    private final Map<String, LongAdder> series = new ConcurrentSkipListMap<>();

    private Family(String name, String type, String help) {
        this.name = name;
        this.type = type;
        this.help = help;
    }

    static Family counter(String name, String help) {
        return new Family(name, "counter", help);
    }

    static Family gauge(String name, String help) {
        return new Family(name, "gauge", help);
    }

    void add(Labels labels, long count) {
        series.computeIfAbsent(labels.text(), text -> new LongAdder()).add(count);
    }

    void write(Text text) {
        text.head(name, type, help);
        series.forEach((labels, count) -> text.sample(name, labels, (double) count.sum()));
    }
}
