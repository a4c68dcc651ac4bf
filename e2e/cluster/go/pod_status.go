package main

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"strings"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// How a test has a pod that never gets ready, and a job that fails.
const (
	readyAnnotation = "test-cluster/ready" // "false"
	exitAnnotation  = "test-cluster/exit"  // "1"
)

func (k *kubelet) begin(pod *core.Pod) {
	now := meta.Now()
	ready := pod.Annotations[readyAnnotation] != "false"
	status := &pod.Status
	count := k.addresses.Add(1)
	status.StartTime, status.HostIP = &now, "127.0.0.1"
	status.PodIP = fmt.Sprintf("10.244.%d.%d", count/250, 1+count%250)
	status.HostIPs, status.PodIPs = []core.HostIP{{IP: status.HostIP}}, []core.PodIP{{IP: status.PodIP}}
	status.Phase = core.PodPending
	outcome, reason := core.ConditionFalse, "ContainersNotReady"
	if ready {
		status.Phase, outcome, reason = core.PodRunning, core.ConditionTrue, ""
	}
	status.Conditions = []core.PodCondition{
		{Type: core.PodScheduled, Status: core.ConditionTrue, LastTransitionTime: now},
		{Type: core.PodInitialized, Status: core.ConditionTrue, LastTransitionTime: now},
		{Type: core.ContainersReady, Status: outcome, Reason: reason, LastTransitionTime: now},
		{Type: core.PodReady, Status: outcome, Reason: reason, LastTransitionTime: now},
	}
	status.InitContainerStatuses = nil
	for _, container := range pod.Spec.InitContainers {
		status.InitContainerStatuses = append(status.InitContainerStatuses, initStatus(pod, container, now))
	}
	status.ContainerStatuses = nil
	for _, container := range pod.Spec.Containers {
		if ready {
			status.ContainerStatuses = append(status.ContainerStatuses, running(pod, container, now))
		} else {
			status.ContainerStatuses = append(status.ContainerStatuses, waiting(container))
		}
	}
}

// attach runs what a person has put beside the others with `kubectl debug`.
func attach(pod *core.Pod) {
	now := meta.Now()
	pod.Status.EphemeralContainerStatuses = nil
	for _, container := range pod.Spec.EphemeralContainers {
		pod.Status.EphemeralContainerStatuses = append(
			pod.Status.EphemeralContainerStatuses, running(pod, core.Container(container.EphemeralContainerCommon), now))
	}
}

func end(pod *core.Pod) {
	now := meta.Now()
	code, reason := int32(0), "Completed"
	pod.Status.Phase = core.PodSucceeded
	if pod.Annotations[exitAnnotation] == "1" {
		code, reason = 1, "Error"
		pod.Status.Phase = core.PodFailed
	}
	for i := range pod.Status.ContainerStatuses {
		container := &pod.Status.ContainerStatuses[i]
		container.Ready = false
		container.State = core.ContainerState{Terminated: &core.ContainerStateTerminated{
			ExitCode: code, Reason: reason, FinishedAt: now, ContainerID: container.ContainerID,
		}}
	}
	for i := range pod.Status.Conditions {
		condition := &pod.Status.Conditions[i]
		if condition.Type == core.PodReady || condition.Type == core.ContainersReady {
			condition.Status, condition.Reason, condition.LastTransitionTime = core.ConditionFalse, "PodCompleted", now
		}
	}
}

func running(pod *core.Pod, container core.Container, now meta.Time) core.ContainerStatus {
	started := true
	return core.ContainerStatus{
		Name: container.Name, Image: container.Image, ImageID: imageID(container.Image), ContainerID: containerID(pod),
		Ready: true, Started: &started,
		State: core.ContainerState{Running: &core.ContainerStateRunning{StartedAt: now}},
	}
}

// initStatus has ended well, unless it is a sidecar: that one stays.
func initStatus(pod *core.Pod, container core.Container, now meta.Time) core.ContainerStatus {
	status := running(pod, container, now)
	if container.RestartPolicy != nil && *container.RestartPolicy == core.ContainerRestartPolicyAlways {
		return status
	}
	started := false
	status.Started = &started
	status.State = core.ContainerState{Terminated: &core.ContainerStateTerminated{
		Reason: "Completed", StartedAt: now, FinishedAt: now, ContainerID: status.ContainerID,
	}}
	return status
}

func waiting(container core.Container) core.ContainerStatus {
	started := false
	message := "Back-off pulling image " + container.Image
	return core.ContainerStatus{
		Name: container.Name, Image: container.Image, Started: &started,
		State: core.ContainerState{Waiting: &core.ContainerStateWaiting{Reason: "ImagePullBackOff", Message: message}},
	}
}

func containerID(pod *core.Pod) string { return "containerd://" + string(pod.UID) }

var tag = regexp.MustCompile(`:[^/:]+$`)

// imageID is the repository and digest that run. A tag has no digest here, so it gets one that only its text decides.
func imageID(image string) string {
	reference, digest, found := strings.Cut(image, "@")
	if !found {
		digest = fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(image)))
	}
	return tag.ReplaceAllString(reference, "") + "@" + digest
}
