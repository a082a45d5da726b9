// The official JavaScript client: create, watch to the end with an informer, read logs, go into a pod, delete.
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
    ApiException,
    AppsV1Api,
    BatchV1Api,
    CoreV1Api,
    Exec,
    KubeConfig,
    KubernetesObjectApi,
    Log,
    makeInformer,
    PatchStrategy,
    setHeaderOptions,
    Watch,
} from '@kubernetes/client-node';

const namespace = 'javascript';
const config = new KubeConfig();
config.loadFromFile(process.env.KUBECONFIG);
const core = config.makeApiClient(CoreV1Api);
const batch = config.makeApiClient(BatchV1Api);

const job = (name, command, completions = 1) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace },
    spec: {
        completions,
        parallelism: completions,
        completionMode: 'Indexed',
        template: {
            spec: {
                restartPolicy: 'Never',
                containers: [{ name: 'main', image: 'busybox', command: ['sh', '-c', command] }],
            },
        },
    },
});

/** Follows a list until `wanted` says yes to an event; resolves to that event's object. */
const seen = (path, query, wanted) =>
    new Promise((resolve, reject) => {
        const watching = new Watch(config).watch(
            path,
            query,
            async (type, object) => {
                if (wanted(type, object)) {
                    resolve(object);
                    (await watching).abort();
                }
            },
            (error) => reject(error ?? new Error(`the watch of ${path} ended`)), // after resolve it says nothing
        );
        watching.catch(reject);
    });

const refused = (code, call) =>
    assert.rejects(call, (error) => error instanceof ApiException && error.code === code && JSON.parse(error.body).code === code);

await core.createNamespace({ body: { metadata: { name: namespace } } });
const informer = makeInformer(config, `/apis/batch/v1/namespaces/${namespace}/jobs`, () =>
    batch.listNamespacedJob({ namespace }),
);
const finished = new Promise((resolve, reject) => {
    informer.on('error', (error) => error.type !== 'aborted' && reject(error)); // that is its own stop
    informer.on('update', (object) => {
        if (object.status.conditions?.some((c) => c.type === 'Complete' && c.status === 'True')) {
            resolve(object);
            informer.stop();
        }
    });
});
finished.catch(() => {}); // it may fail before anybody waits for it
await informer.start();
const created = await batch.createNamespacedJob({
    namespace,
    body: job('greet', 'sleep 0.3; echo hello from $JOB_COMPLETION_INDEX', 3),
});
assert.equal(created.spec.backoffLimit, 6);
const done = await finished;
assert.equal(done.status.succeeded, 3);
assert.equal(done.status.completedIndexes, '0-2');
assert(done.status.completionTime);
console.log('a Job was created, an informer followed it to its end');

const pods = (await core.listNamespacedPod({ namespace, labelSelector: 'job-name=greet' })).items;
const logs = await Promise.all(pods.map((pod) => core.readNamespacedPodLog({ namespace, name: pod.metadata.name })));
assert.deepEqual(logs.sort(), [0, 1, 2].map((i) => `hello from ${i}\n`));
console.log('logs were read');

await batch.createNamespacedJob({ namespace, body: job('stay', 'echo ready; exec sleep 60') });
const pod = await seen(
    `/api/v1/namespaces/${namespace}/pods`,
    { labelSelector: 'job-name=stay' },
    (type, object) => object.status.phase === 'Running',
);
const followed = new PassThrough();
const following = await new Log(config).log(namespace, pod.metadata.name, 'main', followed, { follow: true });
const [chunk] = await new Promise((resolve) => followed.once('data', (...chunks) => resolve(chunks)));
assert.equal(String(chunk), 'ready\n');
following.abort();

const [out, err, input] = [new PassThrough(), new PassThrough(), new PassThrough()];
const status = await new Promise((resolve, reject) => {
    new Exec(config)
        .exec(namespace, pod.metadata.name, 'main', ['sh', '-c', 'read line; echo got $line; echo aside >&2; exit 3'],
            out, err, input, false, resolve)
        .catch(reject);
    input.write('this\n');
});
assert.equal(status.details.causes[0].message, '3');
assert.equal(String(out.read()), 'got this\n');
assert.equal(String(err.read()), 'aside\n');
console.log('a log was followed, a command ran inside a pod and told its exit code');

const objects = KubernetesObjectApi.makeApiClient(config);
const applied = await objects.patch(
    { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'stay', namespace, labels: { team: 'blue' } } },
    undefined, undefined, 'foreign', true, PatchStrategy.ServerSideApply,
);
assert.equal(applied.metadata.labels.team, 'blue');
const suspended = await batch.patchNamespacedJob(
    { namespace, name: 'stay', body: { spec: { suspend: true } } },
    setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch),
);
assert.equal(suspended.spec.suspend, true);
await refused(409, () => batch.replaceNamespacedJob({ namespace, name: 'greet', body: created }));
await refused(404, () => batch.readNamespacedJob({ namespace, name: 'nobody' }));
await refused(422, () => batch.createNamespacedJob({ namespace, body: job('Not A Name', 'true') }));
await refused(404, () => config.makeApiClient(AppsV1Api).listNamespacedDeployment({ namespace }));
console.log('patches were taken, wrong requests refused');

const left = await core.listNamespacedPod({ namespace });
const names = new Set(left.items.map((each) => each.metadata.name));
const gone = names.size === 0 ? Promise.resolve() : seen(
    `/api/v1/namespaces/${namespace}/pods`,
    { resourceVersion: left.metadata.resourceVersion },
    (type, object) => type === 'DELETED' && names.delete(object.metadata.name) && names.size === 0,
);
await batch.deleteCollectionNamespacedJob({ namespace, propagationPolicy: 'Foreground' });
await gone;
await core.deleteNamespace({ name: namespace });
console.log('Jobs were deleted, and their pods with them');
