package dev.jobctl.node.probe;

import dev.jobctl.std.AnyCertificate;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// One HTTP probe or hook, over HTTP/1.1 on a socket of its own: the JDK's clients let one choose the `Host` only by a
/// property of the whole JVM, and one of them asks again when nobody answers.
///
/// @param host where to connect to, also after redirects
record HttpGet(Handler.Http wanted, String host) {
    /// The kubelet reads no more of an answer.
    private static final int BODY_MAX = 10 << 10;

    private static final int LINE_MAX = 16 << 10;
    private static final int LINES_MAX = 256;

    /// The first one counts.
    private static final int REQUESTS_MAX = 10;

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private static final int STATUS_GOOD_FROM = 200;
    private static final int STATUS_ELSEWHERE_FROM = 300;
    private static final int STATUS_BAD_FROM = 400;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int SWITCHING = 101;

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/\\d\\.\\d (\\d{3})( .*)?");
    private static final Pattern NAME = Pattern.compile("[\\w!#$%&'*+.^`|~-]+");
    private static final Pattern UNFIT = Pattern.compile("[ \"<>\\\\^`{|}]|%(?![0-9A-Fa-f]{2})");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0A-\\x1F\\x7F]");

    /// What says how the request itself is sent.
    private static final Set<String> NOT_SENT = Set.of("host", "content-length", "transfer-encoding", "trailer");

    /// Sent unless the probe has them itself; an empty one is not sent at all.
    private static final List<String> USUAL = List.of("User-Agent", "kube-probe/1.34", "Accept", "*/*");

    /// @param location where it redirects to on this host, null for nowhere
    /// @param body the head of it where there is no such location
    private record Response(int status, @Nullable URI location, String body) {}

    /// What is said when it takes too long.
    Answer late() {
        return Answer.bad("Get \"%s\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
                .formatted(url()));
    }

    private String url() {
        String path = wanted.path().startsWith("/") ? wanted.path() : "/" + wanted.path();
        return "%s://%s:%d%s".formatted(wanted.scheme(), host, wanted.port(), fit(path));
    }

    /// As Go sends it: what may not stand in a path as it is gets escaped.
    private static String fit(String path) {
        return UNFIT.matcher(path)
                .replaceAll(found -> "%%%02X".formatted((int) found.group().charAt(0)));
    }

    /// Only a redirect to the same host is followed. One to elsewhere says that the container is up, though perhaps no
    /// more than that. Waits as long as the server lets it; an interrupt ends that.
    Answer ask() {
        String url = url();
        int port = wanted.port();
        try {
            URI at = URI.create(url);
            String authority = header("Host").isEmpty() ? at.getRawAuthority() : header("Host");
            for (int request = 1; request <= REQUESTS_MAX; request++) {
                Response response = send(at, port, authority);
                @Nullable URI location = response.location();
                if (location == null) {
                    return verdict(response);
                }
                URI next = at.resolve(location);
                if (location.isAbsolute()) { // as Go: a chosen name outlives relative redirects only
                    authority = next.getRawAuthority();
                }
                at = next;
                port = port(next);
                url = request < REQUESTS_MAX ? next.toString() : url;
            }
            return Answer.bad("Get \"%s\": stopped after 10 redirects".formatted(url));
        } catch (ConnectException e) {
            return Answer.bad("Get \"%s\": %s".formatted(url, HandlerRun.refused(host, port, e)));
        } catch (IOException | IllegalArgumentException e) {
            return Answer.bad("Get \"%s\": %s".formatted(url, e.getMessage()));
        }
    }

    private static int port(URI uri) {
        int usual = "https".equals(uri.getScheme()) ? 443 : 80;
        return uri.getPort() < 0 ? usual : uri.getPort();
    }

    private static Answer verdict(Response response) {
        int status = response.status();
        if (status < STATUS_GOOD_FROM || status >= STATUS_BAD_FROM) {
            return Answer.bad("HTTP probe failed with statuscode: " + status);
        }
        return status < STATUS_ELSEWHERE_FROM
                ? Answer.good()
                : Answer.doubtful("Probe terminated redirects, Response body: " + response.body());
    }

    /// The first of the name; empty when there is none.
    private String header(String name) {
        for (int i = 0; i + 1 < wanted.headers().size(); i += 2) {
            if (name.equalsIgnoreCase(wanted.headers().get(i))) {
                return wanted.headers().get(i + 1);
            }
        }
        return "";
    }

    private Response send(URI uri, int port, String authority) throws IOException {
        byte[] request = request(uri, authority);
        try (Socket plain = connect(port);
                Socket socket = "https".equals(uri.getScheme()) ? secured(plain, port) : plain) {
            socket.getOutputStream().write(request);
            return response(uri, new BufferedInputStream(socket.getInputStream()));
        }
    }

    private Socket connect(int port) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// As the kubelet: a probe asks whether somebody answers, not who.
    private Socket secured(Socket socket, int port) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, null);
            return context.getSocketFactory().createSocket(socket, host, port, true);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private byte[] request(URI uri, String authority) {
        URI ascii = URI.create(uri.toASCIIString());
        String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
        String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        var text = new StringBuilder("GET " + path + query + " HTTP/1.1\r\n");
        add("Host", authority, text);
        add("Connection", "close", text);
        for (int i = 0; i + 1 < wanted.headers().size(); i += 2) {
            String name = wanted.headers().get(i);
            String value = wanted.headers().get(i + 1);
            boolean emptied = value.isEmpty() && USUAL.stream().anyMatch(name::equalsIgnoreCase);
            if (!emptied && !NOT_SENT.contains(name.toLowerCase(Locale.ROOT))) {
                add(name, value, text);
            }
        }
        for (int i = 0; i < USUAL.size(); i += 2) {
            String name = USUAL.get(i);
            if (wanted.headers().stream().noneMatch(name::equalsIgnoreCase)) {
                add(name, USUAL.get(i + 1), text);
            }
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void add(String name, String value, StringBuilder text) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("net/http: invalid header field name \"" + name + "\"");
        }
        if (CONTROL.matcher(value).find()) {
            throw new IllegalArgumentException("net/http: invalid header field value for \"" + name + "\"");
        }
        text.append(name).append(": ").append(value).append("\r\n");
    }

    private Response response(URI asked, InputStream in) throws IOException {
        int status = 100;
        String location = "";
        String length = "";
        boolean chunked = false;
        int lines = 0;
        while (status < STATUS_GOOD_FROM && status != SWITCHING) { // what comes before it only keeps the line busy
            status = status(line(in));
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                if (++lines > LINES_MAX) {
                    throw new IOException("server response headers exceeded " + LINES_MAX + " lines; aborted");
                }
                String value = line.substring(line.indexOf(':') + 1).strip();
                switch (line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT)) {
                    case "location" -> location = value;
                    case "content-length" -> length = value;
                    case "transfer-encoding" -> chunked = "chunked".equalsIgnoreCase(value);
                    default -> {}
                }
            }
        }
        if (REDIRECTS.contains(status) && !location.isEmpty()) {
            URI next = URI.create(fit(location));
            if (host.equals(asked.resolve(next).getHost())) {
                return new Response(status, next, "");
            }
        }
        boolean bodiless = status == NO_CONTENT || status == NOT_MODIFIED || status == SWITCHING;
        byte[] body = chunked ? chunks(in) : bodiless ? new byte[0] : body(in, length);
        return new Response(status, null, new String(body, StandardCharsets.UTF_8));
    }

    private static int status(String line) throws IOException {
        Matcher matcher = STATUS_LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IOException(
                    "net/http: HTTP/1.x transport connection broken: malformed HTTP response \"" + line + "\"");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() == LINE_MAX) {
                throw new EOFException(next < 0 ? "EOF" : "a line of the response is too long");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /// Few want to know what it says, but who breaks off in the middle of it is not well.
    private static byte[] body(InputStream in, String length) throws IOException {
        return length.isEmpty() ? in.readNBytes(BODY_MAX) : whole(in, Math.min(Long.parseLong(length), BODY_MAX));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (body.size() < BODY_MAX) {
            long size = Long.parseLong(line(in).split(";", 2)[0].strip(), 16);
            if (size == 0) {
                break;
            }
            body.write(whole(in, Math.min(size, BODY_MAX - body.size())));
            if (body.size() < BODY_MAX) {
                line(in);
            }
        }
        return body.toByteArray();
    }

    private static byte[] whole(InputStream in, long bytes) throws IOException {
        byte[] read = in.readNBytes((int) bytes);
        if (read.length < bytes) {
            throw new EOFException("unexpected EOF");
        }
        return read;
    }
}
