// test-cluster is a Kubernetes control plane in one program, for tests: etcd, kube-apiserver, kube-controller-manager and a kubelet
// that runs no containers. `test-cluster up -dir DIR` starts it; called by the name kubectl, or as `test-cluster kubectl`, it is kubectl.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"k8s.io/component-base/cli"
	kubectl "k8s.io/kubectl/pkg/cmd"
	"k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
)

func main() {
	role, args := chosenRole()
	// A part is known by this name: to the server, too, which calls it the manager of what it writes.
	os.Args = append([]string{role}, args...)
	switch role {
	case "up":
		exit(up(args))
	case "etcd":
		exit(runEtcd(args))
	case "kube-apiserver":
		os.Exit(cli.Run(apiserver.NewAPIServerCommand()))
	case "kube-controller-manager":
		os.Exit(cli.Run(controllers.NewControllerManagerCommand()))
	case "kubelet":
		exit(runKubelet(args))
	case "kubectl":
		util.BehaviorOnFatal(func(message string, code int) {
			fmt.Fprintln(os.Stderr, message)
			os.Exit(code)
		})
		os.Exit(cli.Run(kubectl.NewDefaultKubectlCommand()))
	default:
		exit(fmt.Errorf("usage: test-cluster up -dir DIR [-stdin] | kubectl ARGUMENTS"))
	}
}

func chosenRole() (string, []string) {
	if filepath.Base(os.Args[0]) == "kubectl" {
		return "kubectl", os.Args[1:]
	}
	if len(os.Args) < 2 {
		return "", nil
	}
	return os.Args[1], os.Args[2:]
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "test-cluster:", err)
		os.Exit(1)
	}
	os.Exit(0)
}
