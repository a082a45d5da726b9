import com.google.gson.reflect.TypeToken;
import io.kubernetes.client.Exec;
import io.kubernetes.client.PodLogs;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1DeleteOptions;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobList;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.util.CallGeneratorParams;
import io.kubernetes.client.util.Config;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.Watch;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The official Java client: create, watch to the end with an informer, read logs, go into a pod, be refused, delete.
public final class Official {
    private static final String NAMESPACE = "java";

    private final ApiClient client;
    private final CoreV1Api core;
    private final BatchV1Api batch;

    private Official(ApiClient client) {
        this.client = client.setReadTimeout(0);
        core = new CoreV1Api(client);
        batch = new BatchV1Api(client);
    }

    public static void main(String[] arguments) throws Exception {
        Official official = new Official(Config.fromConfig(System.getenv("KUBECONFIG")));
        official.core
                .createNamespace(new V1Namespace().metadata(new V1ObjectMeta().name(NAMESPACE)))
                .execute();
        official.followsAJobToItsEnd();
        official.readsLogs();
        official.goesIntoAPod();
        official.isRefused();
        official.deletes();
        official.core.deleteNamespace(NAMESPACE).execute();
        System.exit(0); // its HTTP client keeps threads
    }

    private void followsAJobToItsEnd() throws Exception {
        CompletableFuture<V1Job> finished = new CompletableFuture<>();
        SharedInformerFactory factory = new SharedInformerFactory(client);
        factory.sharedIndexInformerFor(this::listJobs, V1Job.class, V1JobList.class)
                .addEventHandler(handler(finished));
        factory.startAllRegisteredInformers();
        V1Job created = batch.createNamespacedJob(NAMESPACE, job("greet", "echo hello from $JOB_COMPLETION_INDEX", 3))
                .execute();
        check(created.getSpec().getBackoffLimit() == 6, created);
        V1Job done = finished.get(60, TimeUnit.SECONDS);
        check(
                done.getStatus().getSucceeded() == 3
                        && done.getStatus().getCompletedIndexes().equals("0-2"),
                done);
        factory.stopAllRegisteredInformers();
        say("a Job was created, an informer followed it to its end");
    }

    private okhttp3.Call listJobs(CallGeneratorParams params) {
        try {
            return batch.listNamespacedJob(NAMESPACE)
                    .resourceVersion(params.resourceVersion)
                    .timeoutSeconds(params.timeoutSeconds)
                    .watch(params.watch)
                    .buildCall(null);
        } catch (ApiException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ResourceEventHandler<V1Job> handler(CompletableFuture<V1Job> finished) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(V1Job job) {}

            @Override
            public void onUpdate(V1Job before, V1Job now) {
                if (now.getStatus().getConditions() != null
                        && now.getStatus().getConditions().stream()
                                .anyMatch(c -> c.getType().equals("Complete"))) {
                    finished.complete(now);
                }
            }

            @Override
            public void onDelete(V1Job job, boolean unknown) {}
        };
    }

    private void readsLogs() throws Exception {
        List<String> logs =
                core.listNamespacedPod(NAMESPACE).labelSelector("job-name=greet").execute().getItems().stream()
                        .map(pod -> log(pod.getMetadata().getName()))
                        .sorted()
                        .toList();
        check(logs.equals(List.of("hello from 0\n", "hello from 1\n", "hello from 2\n")), logs);
        say("logs were read");
    }

    private String log(String pod) {
        try {
            return core.readNamespacedPodLog(pod, NAMESPACE).execute();
        } catch (ApiException e) {
            throw new IllegalStateException(e.getResponseBody(), e);
        }
    }

    private void goesIntoAPod() throws Exception {
        batch.createNamespacedJob(NAMESPACE, job("stay", "echo ready; exec sleep 60", 1))
                .execute();
        var call = core.listNamespacedPod(NAMESPACE)
                .labelSelector("job-name=stay")
                .watch(true)
                .buildCall(null);
        String name = "";
        try (Watch<V1Pod> watch =
                Watch.createWatch(client, call, new TypeToken<Watch.Response<V1Pod>>() {}.getType())) {
            while (name.isEmpty()) {
                V1Pod pod = watch.next().object;
                name = "Running".equals(pod.getStatus().getPhase())
                        ? pod.getMetadata().getName()
                        : "";
            }
        }
        try (var log = new PodLogs(client).streamNamespacedPodLog(NAMESPACE, name, "main")) {
            check(new BufferedReader(new InputStreamReader(log)).readLine().equals("ready"), name);
        }
        Process inside = new Exec(client)
                .exec(NAMESPACE, name, new String[] {"sh", "-c", "read a; echo got $a; exit 3"}, true, false);
        inside.getOutputStream().write("this\n".getBytes());
        inside.getOutputStream().flush();
        String said = new String(inside.getInputStream().readAllBytes());
        check(inside.waitFor(20, TimeUnit.SECONDS) && inside.exitValue() == 3 && said.equals("got this\n"), said);
        say("a log was followed, a command ran inside a pod and told its exit code");
    }

    private void isRefused() throws Exception {
        V1Job stale = batch.readNamespacedJob("stay", NAMESPACE).execute();
        V1Patch patch =
                new V1Patch("[{\"op\": \"add\", \"path\": \"/metadata/labels\", \"value\": {\"team\": \"blue\"}}]");
        V1Job patched = PatchUtils.patch(
                V1Job.class,
                () -> batch.patchNamespacedJob("stay", NAMESPACE, patch).buildCall(null),
                V1Patch.PATCH_FORMAT_JSON_PATCH,
                client);
        check(patched.getMetadata().getLabels().get("team").equals("blue"), patched);
        refused(409, () -> batch.replaceNamespacedJob("stay", NAMESPACE, stale).execute());
        refused(
                409,
                () -> batch.createNamespacedJob(NAMESPACE, job("stay", "true", 1))
                        .execute());
        refused(404, () -> batch.readNamespacedJob("nobody", NAMESPACE).execute());
        refused(
                422,
                () -> batch.createNamespacedJob(NAMESPACE, job("Not A Name", "true", 1))
                        .execute());
        say("a patch was taken, wrong requests refused");
    }

    private static void refused(int code, Callable<?> call) throws Exception {
        try {
            call.call();
        } catch (ApiException e) {
            check(e.getCode() == code && e.getResponseBody().contains("\"kind\":\"Status\""), e.getResponseBody());
            return;
        }
        throw new AssertionError("not refused with " + code);
    }

    private void deletes() throws Exception {
        for (V1Job job : batch.listNamespacedJob(NAMESPACE).execute().getItems()) {
            batch.deleteNamespacedJob(job.getMetadata().getName(), NAMESPACE)
                    .body(new V1DeleteOptions().propagationPolicy("Foreground"))
                    .execute();
        }
        V1JobList left = batch.listNamespacedJob(NAMESPACE).execute();
        var call = batch.listNamespacedJob(NAMESPACE)
                .resourceVersion(left.getMetadata().getResourceVersion())
                .watch(true)
                .buildCall(null);
        int jobs = left.getItems().size();
        try (Watch<V1Job> watch =
                Watch.createWatch(client, call, new TypeToken<Watch.Response<V1Job>>() {}.getType())) {
            while (jobs > 0) {
                jobs -= watch.next().type.equals("DELETED") ? 1 : 0;
            }
        }
        check(core.listNamespacedPod(NAMESPACE).execute().getItems().isEmpty(), "pods are left");
        say("Jobs were deleted, and their pods with them");
    }

    private static V1Job job(String name, String command, int completions) {
        V1Container container = new V1Container().name("main").image("busybox").command(List.of("sh", "-c", command));
        V1PodSpec pod = new V1PodSpec().restartPolicy("Never").addContainersItem(container);
        return new V1Job()
                .metadata(new V1ObjectMeta().name(name))
                .spec(new V1JobSpec()
                        .completions(completions)
                        .parallelism(completions)
                        .completionMode("Indexed")
                        .template(new V1PodTemplateSpec().spec(pod)));
    }

    private static void check(boolean holds, Object told) {
        if (!holds) {
            throw new AssertionError(told);
        }
    }

    private static void say(String what) {
        System.out.println(what);
    }
}
