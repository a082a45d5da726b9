"""The official Python client: create, watch to the end, read logs, go into a pod, be refused, delete."""

import os

from kubernetes import client, config, watch
from kubernetes.stream import stream

NAMESPACE = "python"
config.load_kube_config(os.environ["KUBECONFIG"])
core, batch = client.CoreV1Api(), client.BatchV1Api()


def job(name, command, completions=1):
    container = client.V1Container(name="main", image="busybox", command=["sh", "-c", command])
    template = client.V1PodTemplateSpec(spec=client.V1PodSpec(restart_policy="Never", containers=[container]))
    return client.V1Job(
        metadata=client.V1ObjectMeta(name=name),
        spec=client.V1JobSpec(
            completions=completions, parallelism=completions, completion_mode="Indexed", template=template
        ),
    )


def refused(code, call):
    try:
        call()
    except client.ApiException as error:
        assert error.status == code, error
    else:
        raise AssertionError(f"not refused with {code}")


core.create_namespace(client.V1Namespace(metadata=client.V1ObjectMeta(name=NAMESPACE)))
created = batch.create_namespaced_job(NAMESPACE, job("greet", "echo hello from $JOB_COMPLETION_INDEX", 3))
assert created.spec.backoff_limit == 6 and created.spec.selector.match_labels, created

done = None
for event in watch.Watch().stream(
    batch.list_namespaced_job,
    NAMESPACE,
    field_selector="metadata.name=greet",
    resource_version=created.metadata.resource_version,
    timeout_seconds=60,
):
    assert event["type"] == "MODIFIED", event
    done = event["object"]
    if any(c.type == "Complete" and c.status == "True" for c in done.status.conditions or []):
        break
assert done.status.succeeded == 3 and done.status.completed_indexes == "0-2", done.status
print("a Job was created and watched to its end")

pods = core.list_namespaced_pod(NAMESPACE, label_selector="job-name=greet").items
logs = sorted(core.read_namespaced_pod_log(pod.metadata.name, NAMESPACE) for pod in pods)
assert logs == [f"hello from {i}\n" for i in range(3)], logs
first = core.list_namespaced_pod(NAMESPACE, limit=2)
rest = core.list_namespaced_pod(NAMESPACE, limit=2, _continue=first.metadata._continue)
assert len(first.items) == 2 and len(rest.items) == 1 and first.metadata.remaining_item_count == 1
print("logs were read, a list came in pages")

batch.create_namespaced_job(NAMESPACE, job("stay", "echo ready; sleep 60"))
pod = None
for event in watch.Watch().stream(core.list_namespaced_pod, NAMESPACE, label_selector="job-name=stay", timeout_seconds=60):
    pod = event["object"]
    if pod.status.phase == "Running":
        break
for line in watch.Watch().stream(core.read_namespaced_pod_log, pod.metadata.name, NAMESPACE, follow=True):
    assert line == "ready", line
    break
said = stream(
    core.connect_get_namespaced_pod_exec,
    pod.metadata.name,
    NAMESPACE,
    command=["sh", "-c", "echo inside; echo aside >&2"],
    stdout=True,
    stderr=True,
    stdin=False,
    tty=False,
)
assert "inside\n" in said and "aside\n" in said, said
print("a log was followed, a command ran inside a pod")

patched = batch.patch_namespaced_job("stay", NAMESPACE, {"metadata": {"labels": {"team": "blue"}}})
assert patched.metadata.labels["team"] == "blue"
patched = batch.patch_namespaced_job("stay", NAMESPACE, [{"op": "add", "path": "/spec/suspend", "value": True}])
assert patched.spec.suspend
created.metadata.labels = {"late": "yes"}
refused(409, lambda: batch.replace_namespaced_job("greet", NAMESPACE, created))
refused(409, lambda: batch.create_namespaced_job(NAMESPACE, job("greet", "true")))
refused(404, lambda: batch.read_namespaced_job("nobody", NAMESPACE))
refused(422, lambda: batch.create_namespaced_job(NAMESPACE, job("Not A Name", "true")))
print("patches were taken, wrong requests refused")

batch.delete_namespaced_job("greet", NAMESPACE, propagation_policy="Foreground")
batch.delete_collection_namespaced_job(NAMESPACE, propagation_policy="Background")
left = core.list_namespaced_pod(NAMESPACE)
names = {pod.metadata.name for pod in left.items}
since = left.metadata.resource_version
if names:
    for event in watch.Watch().stream(core.list_namespaced_pod, NAMESPACE, resource_version=since, timeout_seconds=60):
        if event["type"] == "DELETED":
            names.discard(event["object"].metadata.name)
        if not names:
            break
assert not names, names
assert not batch.list_namespaced_job(NAMESPACE).items
core.delete_namespace(NAMESPACE)
print("Jobs were deleted, and their pods with them")
