package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.list;
import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.GoQuote;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Quantities;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the API takes in but warns about, each to be sent as `Warning: 299 - "..."`.
public final class Warnings {
    private static final int MANY_COMPLETIONS = 100_000;
    private static final int HIGH_PARALLELISM = 10_000;
    private static final int MILLI_SCALE = 3;

    private Warnings() {}

    /// For create. On update only [#ofSpec] counts, and only when the spec changed.
    public static List<String> of(Kind kind, HasMetadata object) {
        List<String> found = new ArrayList<>();
        if (object instanceof Job || object instanceof CronJob || object instanceof Pod) {
            List<String> wrong =
                    Names.dnsLabel(Settled.orEmpty(object.getMetadata().getName()));
            if (!wrong.isEmpty()) {
                found.add("metadata.name: this is used in Pod names and hostnames, which can result in surprising"
                        + " behavior; a DNS label is recommended: [" + String.join(" ", wrong) + "]");
            }
        }
        found.addAll(ofSpec(kind, object));
        return found;
    }

    public static List<String> ofSpec(Kind kind, HasMetadata object) {
        List<String> found = new ArrayList<>();
        switch (object) {
            case Job job when job.getSpec() != null -> job(job.getSpec(), "spec", found);
            case CronJob cronJob when cronJob.getSpec() != null -> cronJob(cronJob.getSpec(), found);
            case Pod pod when pod.getSpec() != null -> pod(pod.getSpec(), "spec", found);
            default -> {}
        }
        return found;
    }

    /// For DELETE of Jobs whose options name neither propagationPolicy nor orphanDependents.
    public static String deleteWithoutPolicy() {
        return "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove"
                + " them or set propagationPolicy=Orphan to suppress this warning";
    }

    private static void cronJob(CronJobSpec spec, List<String> to) {
        if (spec.getJobTemplate() != null && spec.getJobTemplate().getSpec() != null) {
            job(spec.getJobTemplate().getSpec(), "spec.jobTemplate.spec", to);
        }
        if (Settled.orEmpty(spec.getSchedule()).contains("TZ")) {
            to.add("cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see"
                    + " https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details");
        }
    }

    private static void job(JobSpec spec, String path, List<String> to) {
        if (JobValidation.indexed(spec)
                && Settled.orZero(spec.getCompletions()) > MANY_COMPLETIONS
                && Settled.orZero(spec.getParallelism()) > HIGH_PARALLELISM) {
            to.add(path
                    + ": In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than"
                    + " 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes"
                    + " fail");
        }
        if (JobValidation.template(spec).getSpec() != null) {
            pod(JobValidation.template(spec).getSpec(), path + ".template.spec", to);
        }
    }

    private static void pod(PodSpec spec, String path, List<String> to) {
        for (int i = 0; i < list(spec.getTopologySpreadConstraints()).size(); i++) {
            if (spec.getTopologySpreadConstraints().get(i).getLabelSelector() == null) {
                to.add(path + ".topologySpreadConstraints[" + i
                        + "].labelSelector: a null labelSelector results in matching no pod");
            }
        }
        Set<String> aliases = new HashSet<>();
        for (int i = 0; i < list(spec.getHostAliases()).size(); i++) {
            String ip = Settled.orEmpty(spec.getHostAliases().get(i).getIp());
            if (!aliases.add(ip)) {
                to.add(path + ".hostAliases[" + i + "].ip: duplicate ip " + GoQuote.of(ip));
            }
        }
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < list(spec.getImagePullSecrets()).size(); i++) {
            String name = Settled.orEmpty(spec.getImagePullSecrets().get(i).getName());
            if (!secrets.add(name)) {
                to.add(path + ".imagePullSecrets[" + i + "].name: duplicate name " + GoQuote.of(name));
            }
        }
        for (int i = 0; i < list(spec.getInitContainers()).size(); i++) {
            container(spec.getInitContainers().get(i), path + ".initContainers[" + i + "]", to);
        }
        for (int i = 0; i < list(spec.getContainers()).size(); i++) {
            container(spec.getContainers().get(i), path + ".containers[" + i + "]", to);
        }
    }

    private static void container(Container container, String path, List<String> to) {
        if (container.getResources() != null) {
            fractions(map(container.getResources().getLimits()), path + ".resources.limits", to);
            fractions(map(container.getResources().getRequests()), path + ".resources.requests", to);
        }
        Set<String> names = new HashSet<>();
        List<EnvVar> variables = list(container.getEnv());
        for (int i = 0; i < variables.size(); i++) {
            String name = Settled.orEmpty(variables.get(i).getName());
            if (!names.add(name)) {
                to.add(path + ".env[" + i + "]: hides previous definition of " + GoQuote.of(name)
                        + ", which may be dropped when using apply");
            }
        }
        ports(list(container.getPorts()), path + ".ports", to);
    }

    private static void fractions(Map<String, Quantity> amounts, String path, List<String> to) {
        new TreeMap<>(amounts).forEach((name, amount) -> {
            BigDecimal number = Quantities.amount(amount).stripTrailingZeros();
            if (!name.equals("cpu") && number.scale() > 0 && number.scale() <= 3 * MILLI_SCALE) {
                to.add(path + "[" + name + "]: fractional byte value " + GoQuote.of(Quantities.text(amount))
                        + " is invalid, must be an integer");
            }
        });
    }

    /// The same port twice; or one of them bound to fewer host addresses, which overlaps.
    private static void ports(List<ContainerPort> ports, String path, List<String> to) {
        for (int i = 0; i < ports.size(); i++) {
            for (int j = 0; j < i; j++) {
                ContainerPort mine = ports.get(i);
                ContainerPort other = ports.get(j);
                boolean same = mine.getContainerPort() != null
                        && mine.getContainerPort().equals(other.getContainerPort())
                        && Settled.orEmpty(mine.getProtocol()).equals(Settled.orEmpty(other.getProtocol()));
                if (!same) {
                    continue;
                }
                boolean hosts = Settled.orZero(mine.getHostPort()) == Settled.orZero(other.getHostPort());
                boolean addresses = Settled.orEmpty(mine.getHostIP()).equals(Settled.orEmpty(other.getHostIP()));
                if (hosts && addresses) {
                    to.add(path + "[" + i + "]: duplicate port definition with " + path + "[" + j + "]");
                    break;
                }
                if (Settled.orZero(mine.getHostPort()) == 0 || Settled.orZero(other.getHostPort()) == 0) {
                    to.add(path + "[" + i + "]: overlapping port definition with " + path + "[" + j + "]");
                    break;
                }
            }
        }
    }
}
