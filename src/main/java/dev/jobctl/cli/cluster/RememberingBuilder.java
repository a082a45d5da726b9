package dev.jobctl.cli.cluster;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// The JDK's builder, telling whom it made. Everything else is passed on.
record RememberingBuilder(HttpClient.Builder to, Consumer<HttpClient> made) implements HttpClient.Builder {
    @Override
    public HttpClient build() {
        HttpClient client = to.build();
        made.accept(client);
        return client;
    }

    @Override
    public HttpClient.Builder cookieHandler(CookieHandler handler) {
        to.cookieHandler(handler);
        return this;
    }

    @Override
    public HttpClient.Builder connectTimeout(Duration limit) {
        to.connectTimeout(limit);
        return this;
    }

    @Override
    public HttpClient.Builder sslContext(SSLContext context) {
        to.sslContext(context);
        return this;
    }

    @Override
    public HttpClient.Builder sslParameters(SSLParameters parameters) {
        to.sslParameters(parameters);
        return this;
    }

    @Override
    public HttpClient.Builder executor(Executor executor) {
        to.executor(executor);
        return this;
    }

    @Override
    public HttpClient.Builder followRedirects(HttpClient.Redirect policy) {
        to.followRedirects(policy);
        return this;
    }

    @Override
    public HttpClient.Builder version(HttpClient.Version version) {
        to.version(version);
        return this;
    }

    @Override
    public HttpClient.Builder priority(int priority) {
        to.priority(priority);
        return this;
    }

    @Override
    public HttpClient.Builder proxy(ProxySelector selector) {
        to.proxy(selector);
        return this;
    }

    @Override
    public HttpClient.Builder authenticator(Authenticator authenticator) {
        to.authenticator(authenticator);
        return this;
    }

    @Override
    public HttpClient.Builder localAddress(InetAddress address) {
        to.localAddress(address);
        return this;
    }
}
