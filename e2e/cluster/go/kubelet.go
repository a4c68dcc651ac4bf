package main

import (
	"context"
	"flag"
	"log"
	"sync/atomic"
	"time"

	core "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

const nodeName = "node-1"

// kubelet schedules every pod to its one node and says that it runs. No container is started.
type kubelet struct {
	client    kubernetes.Interface
	delay     time.Duration
	addresses atomic.Int64
}

func runKubelet(args []string) error {
	flags := flag.NewFlagSet("kubelet", flag.ExitOnError)
	kubeconfig := flags.String("kubeconfig", "", "whom to serve")
	delay := flags.Duration("delay", 100*time.Millisecond, "how long a pod takes to get ready, and a job to end")
	if err := flags.Parse(args); err != nil {
		return err
	}
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		return err
	}
	config.QPS, config.Burst = 400, 800
	config.UserAgent = "kubelet/test-cluster"
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	ctx := context.Background()
	if err := registerNode(ctx, client); err != nil {
		return err
	}
	k := &kubelet{client: client, delay: *delay}
	factory := informers.NewSharedInformerFactory(client, 0)
	handle := func(object any) {
		if pod, ok := object.(*core.Pod); ok {
			go k.handle(ctx, pod.DeepCopy())
		}
	}
	if _, err := factory.Core().V1().Pods().Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    handle,
		UpdateFunc: func(_, after any) { handle(after) },
	}); err != nil {
		return err
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	select {}
}

func registerNode(ctx context.Context, client kubernetes.Interface) error {
	labels := map[string]string{"kubernetes.io/hostname": nodeName, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64"}
	node := &core.Node{ObjectMeta: meta.ObjectMeta{Name: nodeName, Labels: labels}}
	made, err := client.CoreV1().Nodes().Create(ctx, node, meta.CreateOptions{})
	if err != nil {
		return err
	}
	now := meta.Now()
	made.Status.Conditions = []core.NodeCondition{
		{Type: core.NodeReady, Status: core.ConditionTrue, Reason: "KubeletReady", LastHeartbeatTime: now, LastTransitionTime: now},
	}
	_, err = client.CoreV1().Nodes().UpdateStatus(ctx, made, meta.UpdateOptions{})
	return err
}

func (k *kubelet) handle(ctx context.Context, pod *core.Pod) {
	if err := k.next(ctx, pod); err != nil && !outdated(err) {
		log.Printf("%s/%s: %v", pod.Namespace, pod.Name, err)
	}
}

// outdated says that the pod has changed meanwhile: its next event brings it again.
func outdated(err error) bool {
	return apierrors.IsConflict(err) || apierrors.IsNotFound(err)
}

func (k *kubelet) next(ctx context.Context, pod *core.Pod) error {
	pods := k.client.CoreV1().Pods(pod.Namespace)
	switch {
	case pod.DeletionTimestamp != nil:
		now := int64(0)
		return pods.Delete(ctx, pod.Name, meta.DeleteOptions{GracePeriodSeconds: &now, Preconditions: &meta.Preconditions{UID: &pod.UID}})
	case pod.Spec.NodeName == "":
		binding := &core.Binding{
			ObjectMeta: meta.ObjectMeta{Name: pod.Name, UID: pod.UID},
			Target:     core.ObjectReference{Kind: "Node", Name: nodeName},
		}
		return pods.Bind(ctx, binding, meta.CreateOptions{})
	case pod.Status.Phase == core.PodPending && pod.Status.StartTime == nil:
		time.Sleep(k.delay)
		k.begin(pod)
	case len(pod.Spec.EphemeralContainers) > len(pod.Status.EphemeralContainerStatuses):
		attach(pod)
	case pod.Status.Phase == core.PodRunning && ownedByJob(pod):
		time.Sleep(k.delay)
		end(pod)
	default:
		return nil
	}
	_, err := pods.UpdateStatus(ctx, pod, meta.UpdateOptions{})
	return err
}

func ownedByJob(pod *core.Pod) bool {
	owner := meta.GetControllerOf(pod)
	return owner != nil && owner.Kind == "Job"
}
