package dev.jobctl.loop;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.ConditionViews;
import dev.jobctl.resource.view.CronJobView;
import dev.jobctl.resource.view.JobView;
import dev.jobctl.resource.view.MetaView;
import dev.jobctl.resource.view.NodeHealth;
import dev.jobctl.resource.view.NodeView;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stored objects as views, each made once per version.
final class Views {
    private Views() {}

    static boolean is(ObjectVersion version, Kind kind) {
        return version.kind().equals(kind);
    }

    static boolean is(Kind one, Kind kind) {
        return one.equals(kind);
    }

    static JobView job(ObjectVersion version) {
        return version.<Job, JobView>view(JobView.class, JobView::of);
    }

    static CronJobView cronJob(ObjectVersion version) {
        return version.<CronJob, CronJobView>view(CronJobView.class, CronJobView::of);
    }

    static PodView pod(ObjectVersion version) {
        return version.<Pod, PodView>view(PodView.class, PodView::of);
    }

    /// Makes the view of a pod's newest version from that of the version before, with which it shares most parts.
    static void carry(ObjectVersion before, ObjectVersion after, ConditionViews conditions) {
        Pod old = (Pod) before.object();
        PodView known = pod(before);
        after.<Pod, PodView>view(PodView.class, pod -> PodView.of(pod, old, known, conditions));
    }

    static NodeView node(ObjectVersion version) {
        return version.<Node, NodeView>view(NodeView.class, NodeView::of);
    }

    static NodeHealth health(ObjectVersion version) {
        return version.<Node, NodeHealth>view(NodeHealth.class, NodeHealth::of);
    }

    /// What a change says that there is, or was.
    static @Nullable ObjectVersion version(@Nullable Entry<ObjectVersion> entry) {
        return entry == null ? null : entry.value();
    }

    static MetaView meta(ObjectVersion version) {
        if (Views.is(version, Kinds.POD)) {
            return pod(version).meta();
        }
        if (Views.is(version, Kinds.JOB)) {
            return job(version).meta();
        }
        if (Views.is(version, Kinds.NODE)) {
            return node(version).meta();
        }
        return version.view(MetaView.class, object -> MetaView.of(version.kind(), object));
    }

    static List<PodView> pods(Collection<ObjectVersion> versions) {
        List<PodView> views = new ArrayList<>(versions.size());
        for (ObjectVersion version : versions) {
            views.add(pod(version));
        }
        return views;
    }

    /// The Job at that store key.
    static @Nullable JobView job(State state, String key) {
        @Nullable ObjectVersion found = state.get(key);
        return found != null && Views.is(found, Kinds.JOB) ? job(found) : null;
    }

    /// The Job with that uid.
    static @Nullable JobView jobByUid(State state, String uid) {
        @Nullable String key = state.indexes().place(uid);
        return key == null ? null : job(state, key);
    }
}
