package dev.jobctl.apiserver.metrics;

/// The text that Prometheus reads, version 0.0.4. Belongs to the thread that writes it.
final class Text {
    private final StringBuilder text = new StringBuilder(16 * 1024);

    void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(" ").append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    void sample(String name, String labels, long value) {
        text.append(name).append(labels).append(' ').append(value).append('\n');
    }

    void sample(String name, String labels, double value) {
        text.append(name).append(labels).append(' ').append(number(value)).append('\n');
    }

    /// Whole numbers without a fraction.
    static String number(double value) {
        long whole = (long) value;
        return whole == value ? Long.toString(whole) : Double.toString(value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
