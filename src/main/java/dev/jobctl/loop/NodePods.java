package dev.jobctl.loop;

import dev.jobctl.control.schedule.NodeLoad;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.HostPort;
import dev.jobctl.resource.view.NodeView;
import dev.jobctl.resource.view.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.AbstractCollection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// The pods of one node that have not ended, and the sums of what they were promised, kept from change to change.
/// Owned by the loop's thread.
final class NodePods {
    /// By store key, in order of binding.
    private final LinkedHashMap<String, ObjectVersion> pods = new LinkedHashMap<>();
    private final Map<String, Long> used = new HashMap<>();
    private final Map<HostPort, Integer> ports = new HashMap<>();
    private int shy;

    void add(String key, ObjectVersion version) {
        pods.put(key, version);
        count(version, 1);
    }

    void remove(String key, ObjectVersion version) {
        pods.remove(key);
        count(version, -1);
    }

    @SuppressWarnings("ReferenceEquality") // versions share the spec unless it changed
    void replace(String key, ObjectVersion before, ObjectVersion after) {
        pods.put(key, after);
        if (((Pod) before.object()).getSpec() != ((Pod) after.object()).getSpec()) {
            count(before, -1);
            count(after, 1);
        }
    }

    private void count(ObjectVersion version, int sign) {
        PodView pod = Views.pod(version);
        NodeLoad.add(used, pod.needs(), sign);
        NodeLoad.addPorts(ports, pod.needs(), sign);
        shy += NodeLoad.isShy(pod) ? sign : 0;
    }

    /// Its pods are a view, valid until the next change.
    NodeLoad load(NodeView node) {
        return new NodeLoad(node, used, ports, new PodViews(), shy);
    }

    private final class PodViews extends AbstractCollection<PodView> {
        @Override
        public Iterator<PodView> iterator() {
            Iterator<ObjectVersion> versions = pods.values().iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return versions.hasNext();
                }

                @Override
                public PodView next() {
                    return Views.pod(versions.next());
                }
            };
        }

        @Override
        public int size() {
            return pods.size();
        }
    }
}
