package main

import (
	"crypto/tls"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

const patience = time.Minute

// announcement is the one line on standard output, once everything serves.
type announcement struct {
	Server    string `json:"server"`
	Authority string `json:"authority"` // file
	Token     string `json:"token"`     // of the admin
	Admin     string `json:"admin"`     // kubeconfig file
	Nobody    string `json:"nobody"`    // kubeconfig file of a user without rights
}

// up starts the control plane in DIR and stops it when told to: by a signal or, with -stdin, by the end of standard input, which also
// comes when the parent is killed. With -remove, DIR goes too.
func up(args []string) error {
	flags := flag.NewFlagSet("up", flag.ExitOnError)
	dir := flags.String("dir", "", "where data, logs and kubeconfigs go")
	stdin := flags.Bool("stdin", false, "stop at the end of standard input")
	remove := flags.Bool("remove", false, "remove DIR in the end")
	if err := flags.Parse(args); err != nil {
		return err
	}
	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGTERM, syscall.SIGINT)
	if *stdin {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			told <- syscall.SIGTERM
		}()
	}
	absolute, err := filepath.Abs(*dir)
	if err != nil {
		return err
	}
	if *remove {
		defer os.RemoveAll(absolute)
	}
	if err := os.MkdirAll(absolute, 0o700); err != nil {
		return err
	}
	parts := &processes{dir: absolute, died: make(chan error, 8)}
	defer parts.stop()
	plane, err := startServing(parts)
	if err != nil {
		return err
	}
	for _, path := range []string{"/readyz", "/api/v1/namespaces/default/serviceaccounts/default"} {
		if err := plane.await(path, parts, told); err != nil {
			return err
		}
		if path == "/readyz" {
			if err := plane.startControllers(parts); err != nil {
				return err
			}
		}
	}
	if err := plane.announce(); err != nil {
		return err
	}
	select {
	case <-told:
		return nil
	case err := <-parts.died:
		parts.died <- err
		return err
	}
}

type controlPlane struct {
	server string
	credentials
}

func startServing(parts *processes) (controlPlane, error) {
	made, err := newCredentials(parts.dir)
	if err != nil {
		return controlPlane{}, err
	}
	ports, err := freePorts(3)
	if err != nil {
		return controlPlane{}, err
	}
	etcd := fmt.Sprintf("http://127.0.0.1:%d", ports[0])
	peer := fmt.Sprintf("http://127.0.0.1:%d", ports[1])
	if err := parts.start("etcd", "-dir", filepath.Join(parts.dir, "etcd"), "-client", etcd, "-peer", peer); err != nil {
		return controlPlane{}, err
	}
	plane := controlPlane{server: fmt.Sprintf("https://127.0.0.1:%d", ports[2]), credentials: made}
	return plane, parts.start("kube-apiserver",
		"--etcd-servers="+etcd,
		"--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", fmt.Sprintf("--secure-port=%d", ports[2]),
		"--cert-dir="+filepath.Dir(made.authority()),
		"--service-cluster-ip-range=10.0.0.0/16",
		"--service-account-issuer=https://kubernetes.default.svc.cluster.local",
		"--service-account-key-file="+made.publicKey(), "--service-account-signing-key-file="+made.privateKey(),
		"--endpoint-reconciler-type=none",
		"--token-auth-file="+made.tokens(), "--authorization-mode=RBAC", "--allow-privileged=true")
}

// Controllers that need real nodes, a cloud or certificates that nobody asks for.
const controllersLeftOut = "-nodelifecycle,-node-ipam-controller,-node-route-controller,-cloud-node-lifecycle-controller," +
	"-service-lb-controller,-certificatesigningrequest-signing-controller,-taint-eviction-controller"

func (c controlPlane) startControllers(parts *processes) error {
	admin, err := c.writeKubeconfig(c.server, "admin", c.admin)
	if err != nil {
		return err
	}
	ports, err := freePorts(1)
	if err != nil {
		return err
	}
	if err := parts.start("kube-controller-manager",
		"--kubeconfig="+admin, "--authentication-kubeconfig="+admin, "--authorization-kubeconfig="+admin,
		"--bind-address=127.0.0.1", fmt.Sprintf("--secure-port=%d", ports[0]), "--cert-dir="+filepath.Join(c.dir, "controllers"),
		"--leader-elect=false",
		"--service-account-private-key-file="+c.privateKey(), "--root-ca-file="+c.authority(),
		"--controllers=*,"+controllersLeftOut); err != nil {
		return err
	}
	return parts.start("kubelet", "-kubeconfig", admin)
}

func (c controlPlane) announce() error {
	nobody, err := c.writeKubeconfig(c.server, "nobody", c.nobody)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(announcement{
		Server: c.server, Authority: c.authority(), Token: c.admin, Admin: filepath.Join(c.dir, "admin.kubeconfig"), Nobody: nobody,
	})
}

// await asks for the path until it is there, a part dies, somebody says stop, or patience ends.
func (c controlPlane) await(path string, parts *processes, told chan os.Signal) error {
	// The certificate is being made while this asks.
	client := &http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	deadline := time.After(patience)
	for {
		if c.answers(client, path) {
			return nil
		}
		select {
		case err := <-parts.died:
			parts.died <- err
			return err
		case <-told:
			return fmt.Errorf("stopped before %s was ready", path)
		case <-deadline:
			return fmt.Errorf("%s was not ready in %v, see %s", path, patience, parts.dir)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func (c controlPlane) answers(client *http.Client, path string) bool {
	request, err := http.NewRequest(http.MethodGet, c.server+path, nil)
	if err != nil {
		return false
	}
	request.Header.Set("Authorization", "Bearer "+c.admin)
	response, err := client.Do(request)
	if err != nil {
		return false
	}
	_ = response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// freePorts holds all of them open together, so that no two are the same.
func freePorts(count int) ([]int, error) {
	ports := make([]int, 0, count)
	for range count {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer listener.Close()
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}
