package dev.jobctl.apiserver.metrics;

/// The labels of one series, as Prometheus writes them: `{code="200",verb="LIST"}`. Names and values come from this
/// program; values are escaped all the same.
///
/// @param text empty for none
record Labels(String text) {
    static final Labels NONE = new Labels("");

    /// Names and values in turn.
    static Labels of(String... namesAndValues) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            text.append(i == 0 ? "" : ",").append(namesAndValues[i]).append("=\"");
            String value = namesAndValues[i + 1];
            text.append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
            text.append('"');
        }
        return new Labels(text.append('}').toString());
    }
}
