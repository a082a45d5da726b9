package dev.jobctl.apiserver.http;

import dev.jobctl.apiserver.access.Certified;
import dev.jobctl.apiserver.access.Identity;
import io.vertx.core.net.TrustOptions;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// Knows callers by the certificate that they present: one that the home's authority has signed for clients. Its common
/// name is the user, its organizations are the groups. As on a real server a certificate that proves nothing is told by
/// a Status, not by a broken handshake. Safe from any thread.
final class ClientCertificates {
    private static final String CREDENTIAL = "authentication.kubernetes.io/credential-id";

    private final X509Certificate authority;

    ClientCertificates(X509Certificate authority) {
        this.authority = authority;
    }

    /// Lets every handshake pass: that the caller holds the key is proven by it, the rest is for [#of].
    TrustOptions trust() {
        return TrustOptions.wrap(new AnyCaller(authority));
    }

    /// Who is at the other end; its certificate may have expired.
    Certified of(@Nullable SSLSession session) {
        try {
            Certificate @Nullable [] chain = session == null ? null : session.getPeerCertificates();
            return chain != null && chain.length > 0 && chain[0] instanceof X509Certificate leaf
                    ? of(leaf)
                    : new Certified.Not();
        } catch (SSLPeerUnverifiedException e) {
            return new Certified.Not();
        }
    }

    Certified of(X509Certificate leaf) {
        try {
            leaf.verify(authority.getPublicKey());
            @Nullable List<String> uses = leaf.getExtendedKeyUsage();
            if (!leaf.getIssuerX500Principal().equals(authority.getSubjectX500Principal())
                    || uses == null
                    || !uses.contains(Certificates.OF_CLIENT)) {
                return new Certified.Wrong("not a certificate of a client of this server");
            }
            List<String> names = values(leaf.getSubjectX500Principal(), "CN");
            if (names.isEmpty()) {
                return new Certified.Not();
            }
            List<String> groups = new ArrayList<>(values(leaf.getSubjectX500Principal(), "O"));
            groups.add(Identity.AUTHENTICATED);
            Identity who = new Identity(names.getLast(), "", groups, Map.of(CREDENTIAL, List.of(fingerprint(leaf))));
            return new Certified.As(
                    who, leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant());
        } catch (GeneralSecurityException | NamingException e) {
            return new Certified.Wrong(String.valueOf(e.getMessage()));
        }
    }

    private static String fingerprint(X509Certificate leaf) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded());
        return "X509SHA256=" + HexFormat.of().formatHex(digest);
    }

    /// In the order of the certificate.
    private static List<String> values(X500Principal subject, String type) throws NamingException {
        List<String> values = new ArrayList<>();
        for (Rdn part : new LdapName(subject.getName(X500Principal.RFC2253)).getRdns()) {
            @Nullable Attribute found = part.toAttributes().get(type);
            for (int i = 0; found != null && i < found.size(); i++) {
                values.add(String.valueOf(found.get(i)));
            }
        }
        return values;
    }

    /// Tells clients which authority counts, so that those with several certificates find theirs.
    private static final class AnyCaller extends X509ExtendedTrustManager {
        private final X509Certificate authority;

        private AnyCaller(X509Certificate authority) {
            this.authority = authority;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {authority};
        }
    }
}
