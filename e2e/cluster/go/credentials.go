package main

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
)

// credentials are made anew for each cluster: a key for service accounts, a token with every right and one with none.
type credentials struct {
	dir    string
	admin  string
	nobody string
}

func newCredentials(dir string) (credentials, error) {
	made := credentials{dir: dir, admin: rand.Text(), nobody: rand.Text()}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return made, err
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return made, err
	}
	files := map[string][]byte{
		made.privateKey(): pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}),
		made.publicKey():  pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}),
		made.tokens():     fmt.Appendf(nil, "%s,admin,admin,system:masters\n%s,nobody,nobody\n", made.admin, made.nobody),
	}
	for path, content := range files {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return made, err
		}
	}
	return made, nil
}

func (c credentials) privateKey() string { return filepath.Join(c.dir, "service-accounts.key") }
func (c credentials) publicKey() string  { return filepath.Join(c.dir, "service-accounts.pub") }
func (c credentials) tokens() string     { return filepath.Join(c.dir, "tokens.csv") }
func (c credentials) authority() string  { return filepath.Join(c.dir, "pki", "apiserver.crt") }

const kubeconfig = `apiVersion: v1
kind: Config
clusters: [{ name: test-cluster, cluster: { server: %q, certificate-authority-data: %s } }]
users: [{ name: %s, user: { token: %s } }]
contexts: [{ name: test-cluster, context: { cluster: test-cluster, user: %[3]s } }]
current-context: test-cluster
`

// writeKubeconfig makes DIR/<user>.kubeconfig, which needs no other file. The API server must have made its certificate by now.
func (c credentials) writeKubeconfig(server, user, token string) (string, error) {
	certificate, err := os.ReadFile(c.authority())
	if err != nil {
		return "", err
	}
	path := filepath.Join(c.dir, user+".kubeconfig")
	content := fmt.Sprintf(kubeconfig, server, base64.StdEncoding.EncodeToString(certificate), user, token)
	return path, os.WriteFile(path, []byte(content), 0o600)
}
