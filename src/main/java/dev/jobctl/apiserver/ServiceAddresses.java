package dev.jobctl.apiserver;

import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Snapshot;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Gives new Services their addresses: loopback addresses that no pod has, above those of the API's own Service.
final class ServiceAddresses {
    private static final String RANGE = "127.192.0.0/10";
    private static final int FIRST = 192;
    private static final int BLOCKS = 62;
    private static final int BYTE = 256;
    private static final int LAST_BYTE = 254;
    private static final Pattern IN_RANGE = Pattern.compile("127\\.(19[2-9]|2[0-4]\\d|25[0-5])\\.\\d{1,3}\\.\\d{1,3}");

    private ServiceAddresses() {}

    /// Completes a new Service whose uid is set. Throws [ApiError] 422 for an address that it cannot have.
    static void give(Service service, Snapshot<ObjectVersion> snapshot) {
        ServiceSpec spec = service.getSpec();
        if (spec == null || "ExternalName".equals(spec.getType())) {
            return;
        }
        String wanted = Settled.orEmpty(spec.getClusterIP());
        if (wanted.isEmpty()) {
            List<String> all = Settled.list(spec.getClusterIPs());
            wanted = all.isEmpty() ? "" : Settled.orEmpty(all.getFirst());
        }
        if (!wanted.equals("None")) {
            Set<String> taken = taken(snapshot);
            if (wanted.isEmpty()) {
                wanted = free(service.getMetadata().getUid(), taken);
            } else if (!IN_RANGE.matcher(wanted).matches()) {
                refuse(
                        service,
                        wanted,
                        "the provided IP (" + wanted + ") is not in the valid range. The range of valid IPs is "
                                + RANGE);
            } else if (taken.contains(wanted)) {
                refuse(service, wanted, "provided IP is already allocated");
            }
        }
        spec.setClusterIP(wanted);
        spec.setClusterIPs(List.of(wanted));
    }

    private static void refuse(Service service, String address, String why) {
        throw ApiError.invalid(
                Kinds.SERVICE,
                service.getMetadata().getName(),
                List.of(new FieldError(
                        "spec.clusterIPs",
                        FieldError.Type.Invalid,
                        "[\"" + address + "\"]",
                        "failed to allocate IP " + address + ": " + why)));
    }

    private static Set<String> taken(Snapshot<ObjectVersion> snapshot) {
        Set<String> taken = new HashSet<>();
        for (Entry<ObjectVersion> each : snapshot.prefixed(Kinds.SERVICE.keyPrefix())) {
            taken.add(
                    Settled.orEmpty(((Service) each.value().object()).getSpec().getClusterIP()));
        }
        return taken;
    }

    /// Starts where the uid says, so that Services made at the same time start apart.
    private static String free(String uid, Set<String> taken) {
        int count = BLOCKS * BYTE * LAST_BYTE;
        int start = Math.floorMod(uid.hashCode(), count);
        for (int i = 0; i < count; i++) {
            String address = address((start + i) % count);
            if (!taken.contains(address)) {
                return address;
            }
        }
        return address(start);
    }

    private static String address(int number) {
        int last = number % LAST_BYTE + 1;
        int rest = number / LAST_BYTE;
        return "127." + (FIRST + 1 + rest / BYTE) + "." + rest % BYTE + "." + last;
    }
}
