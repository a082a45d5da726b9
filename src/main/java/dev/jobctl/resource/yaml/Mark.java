package dev.jobctl.resource.yaml;

/// A place in a file, both counted from 1; the column counts characters.
public record Mark(int line, int column) {
    public static final Mark START = new Mark(1, 1);
}
