package dev.jobctl.apiserver;

/// The API as its socket sees it. Safe from any thread.
public interface Answering {
    /// Whether the caller that the request's head names may send a body at all: nobody keeps what a stranger sends.
    /// Quick, without waiting; the request's body is empty.
    boolean welcomes(ApiRequest head);

    /// Never throws; never null. May wait, so call it on a virtual thread.
    ApiResponse handle(ApiRequest request);
}
