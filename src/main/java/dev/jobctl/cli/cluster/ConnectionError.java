package dev.jobctl.cli.cluster;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;

/// Nobody answered at that address.
public final class ConnectionError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConnectionError(String address, IOException cause) {
        super(words(address, cause), cause);
    }

    private static String words(String address, IOException cause) {
        if (cause instanceof ConnectException && !(cause instanceof java.net.http.HttpConnectTimeoutException)) {
            return "The connection to the server " + address + " was refused - did you specify the right host or port?";
        }
        if (cause instanceof HttpTimeoutException) {
            return "Unable to connect to the server: no answer from " + address + " in time";
        }
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return "Unable to connect to the server: " + text;
    }
}
