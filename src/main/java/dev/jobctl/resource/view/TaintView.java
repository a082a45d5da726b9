package dev.jobctl.resource.view;

import io.fabric8.kubernetes.api.model.Taint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What keeps pods off a node that do not tolerate it.
///
/// @param effect `NoSchedule`, `PreferNoSchedule` or `NoExecute`
/// @param since timeAdded, null for unknown
public record TaintView(
        String key, String value, String effect, @Nullable Instant since) {
    static TaintView of(Taint taint) {
        return new TaintView(
                Holes.text(taint.getKey()),
                Holes.text(taint.getValue()),
                Holes.text(taint.getEffect()),
                Times.read(taint.getTimeAdded()));
    }

    /// Whether pods are driven away that do not tolerate it.
    public boolean noExecute() {
        return effect.equals("NoExecute");
    }

    public Taint toTaint() {
        Taint taint = new Taint();
        taint.setKey(key);
        taint.setValue(value.isEmpty() ? null : value);
        taint.setEffect(effect);
        taint.setTimeAdded(Times.write(since));
        return taint;
    }

    /// `{key: value}`, as the scheduler's messages print it.
    @Override
    public String toString() {
        return "{" + key + ": " + value + "}";
    }
}
