//go:build wasip1

package main

import (
	"fmt"
	"io/fs"
	"slices"
)

// tree is the readable root during one render: what the host answered stays
// true until the end, and nothing is asked twice.
type tree struct {
	files map[string]node
	link  string // the first symbolic link that was needed
}

type node struct {
	kind  kind
	bytes []byte
}

func newTree() *tree { return &tree{files: map[string]node{}} }

// get answers what is at a path, with the bytes of a file.
func (t *tree) get(path string) node {
	n := t.peek(path)
	if n.kind == symlink && t.link == "" {
		t.link = path
	}
	return n
}

// peek is get for who follows links. A link's bytes are its target.
func (t *tree) peek(path string) node {
	n, ok := t.files[path]
	if !ok {
		k, b := ask(path, wantBytes)
		n = node{k, b}
		t.files[path] = n
	}
	return n
}

func (t *tree) read(path string) ([]byte, error) {
	switch n := t.get(path); n.kind {
	case file:
		return slices.Clone(n.bytes), nil // a caller may write into what it gets
	case directory:
		return nil, fmt.Errorf("'%s' is a directory", name(path))
	case symlink:
		return nil, linkError(path)
	default:
		return nil, fmt.Errorf("'%s': %w", name(path), fs.ErrNotExist)
	}
}

// list answers the names in a directory, sorted by bytes.
func (t *tree) list(path string) ([]string, error) {
	k, names := askNames(path)
	switch k {
	case directory:
		slices.Sort(names)
		return names, nil
	case file:
		return nil, fmt.Errorf("'%s' is a file, not a directory", name(path))
	case symlink:
		t.link = path
		return nil, linkError(path)
	default:
		return nil, fmt.Errorf("'%s': %w", name(path), fs.ErrNotExist)
	}
}

func linkError(path string) error {
	return fmt.Errorf("'%s' is a symbolic link, which is never followed", name(path))
}

func name(path string) string {
	if path == "" {
		return "."
	}
	return path
}
