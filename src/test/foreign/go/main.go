// A controller's worth of client-go: typed and dynamic clients, shared informers, leader election; protobuf on.
package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
	"k8s.io/client-go/tools/remotecommand"
)

const namespace = "go"

var jobs = schema.GroupVersionResource{Group: "batch", Version: "v1", Resource: "jobs"}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 90*time.Second)
	defer cancel()
	config, err := clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))
	must(err)
	config.QPS, config.Burst = 100, 100
	plain := rest.CopyConfig(config)
	config.ContentType = "application/vnd.kubernetes.protobuf"
	config.AcceptContentTypes = "application/vnd.kubernetes.protobuf,application/json"
	typed := kubernetes.NewForConfigOrDie(config)
	untyped := dynamic.NewForConfigOrDie(plain)

	space := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace}}
	_, err = typed.CoreV1().Namespaces().Create(ctx, space, metav1.CreateOptions{})
	must(err)
	leading(ctx, typed, func(ctx context.Context) {
		ended(ctx, typed)
		logs(ctx, typed)
		dynamically(ctx, untyped)
		inside(ctx, config, typed)
		refusals(ctx, typed)
		deleted(ctx, typed)
	})
	must(typed.CoreV1().Namespaces().Delete(ctx, namespace, metav1.DeleteOptions{}))
}

// Two candidates, one lease: the second leads when the first lets go.
func leading(ctx context.Context, typed kubernetes.Interface, work func(context.Context)) {
	candidate := func(id string, lead func(context.Context)) {
		lock, err := resourcelock.New(resourcelock.LeasesResourceLock, namespace, "leader", typed.CoreV1(),
			typed.CoordinationV1(), resourcelock.ResourceLockConfig{Identity: id})
		must(err)
		mine, stop := context.WithCancel(ctx)
		leaderelection.RunOrDie(mine, leaderelection.LeaderElectionConfig{
			Lock: lock, ReleaseOnCancel: true,
			LeaseDuration: 15 * time.Second, RenewDeadline: 10 * time.Second, RetryPeriod: 200 * time.Millisecond,
			Callbacks: leaderelection.LeaderCallbacks{
				OnStartedLeading: func(ctx context.Context) { lead(ctx); stop() },
				OnStoppedLeading: func() {},
			},
		})
	}
	first := make(chan struct{})
	second := make(chan string, 1)
	go func() {
		<-first
		candidate("second", func(context.Context) { second <- "leads" })
	}()
	candidate("first", func(ctx context.Context) {
		close(first)
		work(ctx)
		check(len(second) == 0, "two leaders at once")
	})
	<-second
	lease, err := typed.CoordinationV1().Leases(namespace).Get(ctx, "leader", metav1.GetOptions{})
	must(err)
	check(*lease.Spec.LeaseTransitions >= 1, "no transition of the lease: %v", lease.Spec)
	say("one led, the other took over")
}

func job(name, command string, completions int32) *batchv1.Job {
	mode := batchv1.IndexedCompletion
	return &batchv1.Job{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec: batchv1.JobSpec{
			Completions: &completions, Parallelism: &completions, CompletionMode: &mode,
			Template: corev1.PodTemplateSpec{Spec: corev1.PodSpec{
				RestartPolicy: corev1.RestartPolicyNever,
				Containers:    []corev1.Container{{Name: "main", Image: "busybox", Command: []string{"sh", "-c", command}}},
			}},
		},
	}
}

func ended(ctx context.Context, typed kubernetes.Interface) {
	ctx, stop := context.WithCancel(ctx)
	factory := informers.NewSharedInformerFactoryWithOptions(typed, 0, informers.WithNamespace(namespace))
	done := make(chan *batchv1.Job, 1)
	_, err := factory.Batch().V1().Jobs().Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		UpdateFunc: func(_, now any) {
			for _, condition := range now.(*batchv1.Job).Status.Conditions {
				if condition.Type == batchv1.JobComplete && condition.Status == corev1.ConditionTrue {
					done <- now.(*batchv1.Job)
				}
			}
		},
	})
	must(err)
	pods := factory.Core().V1().Pods()
	pods.Informer()
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	created, err := typed.BatchV1().Jobs(namespace).Create(ctx, job("greet", "echo hello from $JOB_COMPLETION_INDEX", 3), metav1.CreateOptions{})
	must(err)
	check(*created.Spec.BackoffLimit == 6, "not defaulted: %v", created.Spec)
	select {
	case finished := <-done:
		check(finished.Status.Succeeded == 3 && finished.Status.CompletedIndexes == "0-2", "%v", finished.Status)
	case <-ctx.Done():
		check(false, "the Job did not end")
	}
	selector, err := metav1.LabelSelectorAsSelector(created.Spec.Selector)
	must(err)
	// The pods come by a watch of their own, which may be a moment behind that of the Jobs.
	succeeded := func(context.Context) (bool, error) {
		cached, err := pods.Lister().Pods(namespace).List(selector)
		open := slices.ContainsFunc(cached, func(pod *corev1.Pod) bool { return pod.Status.Phase != corev1.PodSucceeded })
		return len(cached) == 3 && !open, err
	}
	must(wait.PollUntilContextTimeout(ctx, time.Millisecond, 10*time.Second, true, succeeded))
	stop()
	factory.Shutdown()
	say("a Job was created, informers followed it and its pods to the end")
}

func logs(ctx context.Context, typed kubernetes.Interface) {
	pods, err := typed.CoreV1().Pods(namespace).List(ctx, metav1.ListOptions{LabelSelector: "job-name=greet"})
	must(err)
	var lines []string
	for _, pod := range pods.Items {
		text, err := typed.CoreV1().Pods(namespace).GetLogs(pod.Name, &corev1.PodLogOptions{}).DoRaw(ctx)
		must(err)
		lines = append(lines, strings.TrimSpace(string(text)))
	}
	slices.Sort(lines)
	check(slices.Equal(lines, []string{"hello from 0", "hello from 1", "hello from 2"}), "%q", lines)
	say("logs were read")
}

func dynamically(ctx context.Context, untyped dynamic.Interface) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	factory := dynamicinformer.NewFilteredDynamicSharedInformerFactory(untyped, 0, namespace, nil)
	lister := factory.ForResource(jobs).Lister()
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	known, err := lister.ByNamespace(namespace).Get("greet")
	must(err)
	succeeded, _, _ := unstructured.NestedInt64(known.(*unstructured.Unstructured).Object, "status", "succeeded")
	check(succeeded == 3, "succeeded=%d", succeeded)
	applied := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "batch/v1", "kind": "Job",
		"metadata": map[string]any{"name": "greet", "labels": map[string]any{"team": "blue"}},
	}}
	after, err := untyped.Resource(jobs).Namespace(namespace).Apply(ctx, "greet", applied, metav1.ApplyOptions{FieldManager: "foreign"})
	must(err)
	check(after.GetLabels()["team"] == "blue", "%v", after.GetLabels())
	say("a dynamic client listed, watched and applied")
}

func inside(ctx context.Context, config *rest.Config, typed kubernetes.Interface) {
	_, err := typed.BatchV1().Jobs(namespace).Create(ctx, job("stay", "echo ready; exec sleep 60", 1), metav1.CreateOptions{})
	must(err)
	watching, err := typed.CoreV1().Pods(namespace).Watch(ctx, metav1.ListOptions{LabelSelector: "job-name=stay"})
	must(err)
	var name string
	for event := range watching.ResultChan() {
		if pod := event.Object.(*corev1.Pod); pod.Status.Phase == corev1.PodRunning {
			name = pod.Name
			break
		}
	}
	watching.Stop()
	stream, err := typed.CoreV1().Pods(namespace).GetLogs(name, &corev1.PodLogOptions{Follow: true}).Stream(ctx)
	must(err)
	line, err := bufio.NewReader(stream).ReadString('\n')
	must(err)
	must(stream.Close())
	check(line == "ready\n", "%q", line)

	request := typed.CoreV1().RESTClient().Post().Resource("pods").Namespace(namespace).Name(name).SubResource("exec").
		VersionedParams(&corev1.PodExecOptions{Command: []string{"tr", "a-z", "A-Z"}, Stdin: true, Stdout: true}, scheme.ParameterCodec)
	executor, err := remotecommand.NewWebSocketExecutor(config, "GET", request.URL().String())
	must(err)
	var said bytes.Buffer
	must(executor.StreamWithContext(ctx, remotecommand.StreamOptions{Stdin: strings.NewReader("loud"), Stdout: &said, Stderr: io.Discard}))
	check(said.String() == "LOUD", "%q", said.String())
	say("a log was followed, a command ran inside a pod and read its input to the end")
}

func refusals(ctx context.Context, typed kubernetes.Interface) {
	client := typed.BatchV1().Jobs(namespace)
	stay, err := client.Patch(ctx, "stay", types.StrategicMergePatchType, []byte(`{"metadata":{"labels":{"team":"red"}}}`), metav1.PatchOptions{})
	must(err)
	stale := stay.DeepCopy()
	suspended := true
	stay.Spec.Suspend = &suspended
	_, err = client.Update(ctx, stay, metav1.UpdateOptions{})
	must(err)
	_, err = client.Update(ctx, stale, metav1.UpdateOptions{})
	check(apierrors.IsConflict(err), "%v", err)
	_, err = client.Create(ctx, job("stay", "true", 1), metav1.CreateOptions{})
	check(apierrors.IsAlreadyExists(err), "%v", err)
	_, err = client.Get(ctx, "nobody", metav1.GetOptions{})
	check(apierrors.IsNotFound(err), "%v", err)
	_, err = client.Create(ctx, job("Not A Name", "true", 1), metav1.CreateOptions{})
	check(apierrors.IsInvalid(err), "%v", err)
	_, err = typed.AppsV1().Deployments(namespace).List(ctx, metav1.ListOptions{})
	check(apierrors.IsNotFound(err), "%v", err)
	say("patch and update were taken, wrong requests refused")
}

func deleted(ctx context.Context, typed kubernetes.Interface) {
	foreground := metav1.DeletePropagationForeground
	must(typed.BatchV1().Jobs(namespace).DeleteCollection(ctx, metav1.DeleteOptions{PropagationPolicy: &foreground}, metav1.ListOptions{}))
	list, err := typed.BatchV1().Jobs(namespace).List(ctx, metav1.ListOptions{})
	must(err)
	watching, err := typed.BatchV1().Jobs(namespace).Watch(ctx, metav1.ListOptions{ResourceVersion: list.ResourceVersion})
	must(err)
	defer watching.Stop()
	for left := len(list.Items); left > 0; {
		event, more := <-watching.ResultChan()
		check(more, "the watch ended")
		if event.Type == "DELETED" {
			left--
		}
	}
	pods, err := typed.CoreV1().Pods(namespace).List(ctx, metav1.ListOptions{})
	must(err)
	check(len(pods.Items) == 0, "%d pods are left", len(pods.Items))
	say("Jobs were deleted, and their pods with them")
}

func must(err error) {
	check(err == nil, "%v", err)
}

func check(holds bool, format string, values ...any) {
	if !holds {
		panic(fmt.Sprintf(format, values...))
	}
}

func say(what string) {
	fmt.Println(what)
}
