//go:build wasip1

package main

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// manyLinks is where Linux gives up, too.
const manyLinks = 40

// follow answers where a path leads when its symbolic links are followed. What
// leaves the readable root is refused; so is a link whose target the host
// doesn't tell.
func (t *tree) follow(at string) (string, error) {
	asked := at
	for range manyLinks {
		link, rest, found := t.firstLink(at)
		if !found {
			return at, nil
		}
		target := string(t.peek(link).bytes)
		if target == "" {
			return "", linkError(link)
		}
		at = path.Join(path.Dir(link), target, rest)
		if path.IsAbs(target) || at == ".." || strings.HasPrefix(at, "../") {
			return "", fmt.Errorf("'%s' is a symbolic link to '%s', which %s", link, target, markOutside)
		}
		if at == "." {
			at = ""
		}
	}
	return "", fmt.Errorf("'%s': too many levels of symbolic links", name(asked))
}

// firstLink answers the first link on the way, and what comes after it. The
// host answers for paths below a link as for the link, so that most paths are
// one question.
func (t *tree) firstLink(at string) (link, rest string, found bool) {
	if t.peek(at).kind != symlink {
		return "", "", false
	}
	for i, c := range at {
		if c == '/' && t.peek(at[:i]).kind == symlink {
			return at[:i], at[i+1:], true
		}
	}
	return at, "", true
}

func (t *tree) followedKind(at string) (kind, error) {
	real, err := t.follow(at)
	if err != nil {
		return absent, err
	}
	return t.peek(real).kind, nil
}

// kindAt is followedKind of a name that was listed, without its content: what
// is ignored is not read.
func (t *tree) kindAt(at string) (kind, error) {
	if k, _ := ask(at, wantKind); k != symlink {
		return k, nil
	}
	return t.followedKind(at)
}

func (t *tree) readFollowing(at string) ([]byte, error) {
	real, err := t.follow(at)
	if err != nil {
		return nil, err
	}
	if real != at && t.peek(real).kind == absent {
		return nil, fmt.Errorf("'%s', a symbolic link to '%s': %w", at, real, fs.ErrNotExist)
	}
	return t.read(real)
}

// readNamed is readFollowing of a path as somebody wrote it.
func (t *tree) readNamed(at string) ([]byte, error) {
	clean := path.Clean(at)
	if path.IsAbs(clean) || clean == ".." || strings.HasPrefix(clean, "../") {
		return nil, fmt.Errorf("'%s' %s", at, markOutside)
	}
	return t.readFollowing(clean)
}
