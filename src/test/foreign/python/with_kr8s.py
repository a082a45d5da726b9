"""kr8s, which knows no kinds but what discovery tells it: create, wait, read logs, delete."""

import os

import kr8s
from kr8s.objects import Job, Namespace, Pod

NAMESPACE = "kr8s"
api = kr8s.api(kubeconfig=os.environ["KUBECONFIG"])


def job(name, command):
    container = {"name": "main", "image": "busybox", "command": ["sh", "-c", command]}
    template = {"spec": {"restartPolicy": "Never", "containers": [container]}}
    return Job(
        {"metadata": {"name": name, "namespace": NAMESPACE}, "spec": {"backoffLimit": 0, "template": template}}, api=api
    )


Namespace({"metadata": {"name": NAMESPACE}}, api=api).create()
greet = job("greet", "echo hello; exit 0")
greet.create()
assert greet.exists()
greet.wait("condition=Complete", timeout=60)
greet.refresh()
assert greet.status.succeeded == 1, greet.status
pods = list(api.get("pods", namespace=NAMESPACE, label_selector={"job-name": "greet"}))
assert [list(pod.logs()) for pod in pods] == [["hello"]]
print("a Job was created, waited for, its log read")

stay = job("stay", "exec sleep 60")
stay.create()
for kind, pod in api.watch("pods", namespace=NAMESPACE, label_selector="job-name=stay"):
    if pod.status.get("phase") == "Running":
        break
stay.label(team="blue")
stay.annotate({"note": "from kr8s"})
assert stay.labels["team"] == "blue" and stay.annotations["note"] == "from kr8s"
ran = Pod.get(pod.name, namespace=NAMESPACE, api=api).exec(["sh", "-c", "echo inside"])
assert ran.stdout == b"inside\n" and ran.returncode == 0, ran
print("a pod was watched, a Job labelled, a command ran inside")

names = {resource["name"] for resource in api.api_resources()}
assert {"jobs", "cronjobs", "pods"} <= names, names
assert api.whoami() == "kubernetes-admin", api.whoami()
for each in list(api.get("jobs", namespace=NAMESPACE)):
    each.delete(propagation_policy="Foreground")
    each.wait("delete", timeout=60)
assert not list(api.get("pods", namespace=NAMESPACE))
Namespace.get(NAMESPACE, api=api).delete()
print("Jobs were deleted, and their pods with them")
