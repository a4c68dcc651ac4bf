//go:build wasip1

package main

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// mount is where kustomize sees the readable root. Not "/": joining cleans a
// path, so above "/" is "/" again and a base outside would silently be another.
const mount = "/readable-root"

var errReadOnly = errors.New("the readable root is read-only")

// kustomizeFiles is the tree as kustomize's file system. What a build never
// does is refused.
type kustomizeFiles struct{ tree *tree }

var _ filesys.FileSystem = kustomizeFiles{}

func within(p string) (string, error) {
	p = path.Clean(p)
	if p == mount {
		return "", nil
	}
	if rest, ok := strings.CutPrefix(p, mount+"/"); ok {
		return rest, nil
	}
	return "", fmt.Errorf("'%s' %s", path.Join("..", p), markOutside)
}

func (f kustomizeFiles) CleanedAbs(p string) (filesys.ConfirmedDir, string, error) {
	rest, err := within(p)
	if err != nil {
		return "", "", err
	}
	switch f.tree.get(rest).kind {
	case directory:
		return filesys.ConfirmedDir(path.Join(mount, rest)), "", nil
	case file:
		dir, base := path.Split(path.Join(mount, rest))
		return filesys.ConfirmedDir(path.Clean(dir)), base, nil
	case symlink:
		return "", "", linkError(rest)
	default:
		return "", "", fmt.Errorf("no such file or directory: '%s'", name(rest))
	}
}

func (f kustomizeFiles) ReadFile(p string) ([]byte, error) {
	rest, err := within(p)
	if err != nil {
		return nil, err
	}
	return f.tree.read(rest)
}

func (f kustomizeFiles) IsDir(p string) bool {
	rest, err := within(p)
	return err == nil && f.tree.get(rest).kind == directory
}

func (f kustomizeFiles) Exists(p string) bool {
	rest, err := within(p)
	return err == nil && f.tree.get(rest).kind != absent
}

func (f kustomizeFiles) ReadDir(p string) ([]string, error) {
	rest, err := within(p)
	if err != nil {
		return nil, err
	}
	return f.tree.list(rest)
}

func (kustomizeFiles) Open(string) (filesys.File, error)    { return nil, errReadOnly }
func (kustomizeFiles) Create(string) (filesys.File, error)  { return nil, errReadOnly }
func (kustomizeFiles) Mkdir(string) error                   { return errReadOnly }
func (kustomizeFiles) MkdirAll(string) error                { return errReadOnly }
func (kustomizeFiles) RemoveAll(string) error               { return errReadOnly }
func (kustomizeFiles) WriteFile(string, []byte) error       { return errReadOnly }
func (kustomizeFiles) Glob(string) ([]string, error)        { return nil, errReadOnly }
func (kustomizeFiles) Walk(string, filepath.WalkFunc) error { return errReadOnly }
