package dev.jobctl.resource.patch;

/// A patch that cannot be applied, with the API's answer.
public final class PatchError extends RuntimeException {
    private final int code;

    PatchError(int code, String message) {
        super(message);
        this.code = code;
    }

    /// 400 (the patch itself is wrong), 413 (it is too long), 422 (it does not fit the object) or 500 (as the real
    /// server answers a few faults).
    public int code() {
        return code;
    }
}
