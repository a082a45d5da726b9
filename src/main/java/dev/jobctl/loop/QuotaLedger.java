package dev.jobctl.loop;

import dev.jobctl.control.quota.QuotaAccount;
import dev.jobctl.control.quota.QuotaCharge;
import dev.jobctl.control.quota.QuotaUsage;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.PodClaim;
import dev.jobctl.resource.view.QuotaView;
import dev.jobctl.resource.view.ServiceClaim;
import dev.jobctl.resource.view.StorageClaim;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How much of each quota is taken, kept from change to change: a creation is weighed against what is there at this
/// very moment of the round. Namespaces without a quota cost one look-up a change. Owned by the loop's thread.
///
/// A quota is counted once, when it is first asked for after it appeared or its bounds changed. Following a change
/// backwards undoes it.
final class QuotaLedger {
    /// Namespace -> store key of the quota -> its newest version and sums.
    private final Map<String, TreeMap<String, Book>> books = new HashMap<>();

    private static final class Book {
        ObjectVersion version;
        /// Null: to be counted.
        @Nullable
        QuotaAccount account;

        Book(ObjectVersion version) {
            this.version = version;
        }
    }

    /// The store keys of the quotas in a namespace, in order.
    Set<String> keys(String namespace) {
        @Nullable TreeMap<String, Book> found = books.get(namespace);
        return found == null ? Set.of() : Collections.unmodifiableSet(found.keySet());
    }

    /// All quotas of a namespace, in order of name.
    List<QuotaUsage> usages(String namespace, State state, Instant now) {
        @Nullable TreeMap<String, Book> found = books.get(namespace);
        if (found == null) {
            return List.of();
        }
        List<QuotaUsage> usages = new ArrayList<>(found.size());
        for (Book book : found.values()) {
            usages.add(account(book, namespace, state).usage(view(book.version), now));
        }
        return usages;
    }

    /// Null when there is no such quota.
    @Nullable
    QuotaUsage usage(String namespace, String key, State state, Instant now) {
        @Nullable Book book = book(namespace, key);
        return book == null ? null : account(book, namespace, state).usage(view(book.version), now);
    }

    /// When a quota's usage changes although nothing happens.
    @Nullable
    Instant nextChange(String namespace, String key, State state, Instant now) {
        @Nullable Book book = book(namespace, key);
        return book == null ? null : account(book, namespace, state).nextChange(now);
    }

    private @Nullable Book book(String namespace, String key) {
        @Nullable TreeMap<String, Book> found = books.get(namespace);
        return found == null ? null : found.get(key);
    }

    static QuotaView view(ObjectVersion version) {
        return version.<ResourceQuota, QuotaView>view(QuotaView.class, QuotaView::of);
    }

    void follow(String key, @Nullable ObjectVersion before, @Nullable ObjectVersion after) {
        @Nullable ObjectVersion any = after == null ? before : after;
        if (any == null || !any.kind().namespaced()) {
            return;
        }
        String namespace = any.object().getMetadata().getNamespace();
        boolean quota = Views.is(any, Kinds.RESOURCE_QUOTA);
        @Nullable TreeMap<String, Book> found = books.get(namespace);
        if (found != null && !sameCharge(before, after)) {
            for (Book book : found.values()) {
                if (book.account != null) {
                    charge(key, before, after, book.account);
                }
            }
        }
        if (quota) {
            keepBook(namespace, key, after);
        }
    }

    /// Whether both versions are the same to every quota; cheap, and false when in doubt.
    @SuppressWarnings("ReferenceEquality") // versions share the spec unless it changed
    static boolean sameCharge(@Nullable ObjectVersion before, @Nullable ObjectVersion after) {
        if (before == null || after == null) {
            return false;
        }
        if (!(before.object() instanceof Pod old) || !(after.object() instanceof Pod next)) {
            return !weighed(after.kind()) || charge(before).equals(charge(after));
        }
        return old.getSpec() == next.getSpec()
                && Pods.terminal(old) == Pods.terminal(next)
                && java.util.Objects.equals(
                        old.getMetadata().getDeletionTimestamp(),
                        next.getMetadata().getDeletionTimestamp())
                && java.util.Objects.equals(
                        old.getMetadata().getDeletionGracePeriodSeconds(),
                        next.getMetadata().getDeletionGracePeriodSeconds());
    }

    /// Whether objects of a kind take different amounts.
    private static boolean weighed(Kind kind) {
        return Views.is(kind, Kinds.POD)
                || Views.is(kind, Kinds.SERVICE)
                || Views.is(kind, Kinds.PERSISTENT_VOLUME_CLAIM);
    }

    private static void charge(
            String key, @Nullable ObjectVersion before, @Nullable ObjectVersion after, QuotaAccount account) {
        if (before != null) {
            account.remove(key, charge(before));
        }
        if (after != null) {
            account.add(key, charge(after));
        }
    }

    private void keepBook(String namespace, String key, @Nullable ObjectVersion after) {
        if (after == null) {
            books.computeIfPresent(namespace, (_, found) -> {
                found.remove(key);
                return found.isEmpty() ? null : found;
            });
            return;
        }
        Book book = books.computeIfAbsent(namespace, _ -> new TreeMap<>()).computeIfAbsent(key, _ -> new Book(after));
        book.version = after;
        if (book.account != null && !sameBounds(book.account.quota(), view(after))) {
            book.account = null;
        }
    }

    private static boolean sameBounds(QuotaView a, QuotaView b) {
        return a.ref().equals(b.ref())
                && a.hard().equals(b.hard())
                && a.scopes().equals(b.scopes());
    }

    private static QuotaAccount account(Book book, String namespace, State state) {
        if (book.account == null) {
            book.account = counted(view(book.version), namespace, state);
        }
        return book.account;
    }

    private static QuotaAccount counted(QuotaView quota, String namespace, State state) {
        QuotaAccount account = new QuotaAccount(quota);
        for (Kind kind : Kinds.all()) {
            boolean counts = weighed(kind)
                    || QuotaCharge.ofObject(kind.qualifiedPlural()).counts(quota);
            if (kind.namespaced() && counts) {
                for (Entry<ObjectVersion> each : state.prefixed(kind.keyPrefix() + namespace + "/")) {
                    account.add(each.key(), charge(each.value()));
                }
            }
        }
        return account;
    }

    static QuotaCharge charge(ObjectVersion version) {
        return charge(version.kind(), version.object());
    }

    static QuotaCharge charge(Kind kind, io.fabric8.kubernetes.api.model.HasMetadata object) {
        return switch (object) {
            case Pod pod -> QuotaCharge.ofPod(PodClaim.of(pod));
            case Service service -> QuotaCharge.ofService(ServiceClaim.of(service));
            case PersistentVolumeClaim claim -> QuotaCharge.ofStorage(StorageClaim.of(claim));
            default -> QuotaCharge.ofObject(kind.qualifiedPlural());
        };
    }
}
