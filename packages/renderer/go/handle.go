//go:build wasip1

package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/rand"
	"strings"
	"unicode/utf8"
)

type order struct {
	Kind string `json:"kind"`
	Path string `json:"path"`
	helmOptions
}

type rendered struct {
	yaml    []byte
	objects []json.RawMessage
}

// tail follows the YAML in an answer.
type tail struct {
	Objects []json.RawMessage `json:"objects"`
	Error   *failure          `json:"error,omitempty"`
}

type failure struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

var renderers = map[string]func(*order, *tree) (*rendered, error){
	"kustomize": kustomizeBuild,
	"helm":      helmTemplate,
}

// handle answers 4 bytes of YAML length, the YAML, and the tail as JSON. It
// recovers from nothing: a panic ends the instance, which the host reports.
func handle(in []byte) []byte {
	rand.Seed(1) //nolint:staticcheck // Helm's randInt uses the shared source: the same chart gives the same objects
	o := order{}
	if err := json.Unmarshal(in, &o); err != nil {
		return refuse(codeBadRequest, err)
	}
	run, ok := renderers[o.Kind]
	if !ok {
		return refuse(codeBadRequest, fmt.Errorf("unknown kind '%s'", o.Kind))
	}
	t := newTree()
	r, err := run(&o, t)
	switch {
	case t.link != "": // even where upstream got along without the file: a link's target is never read
		return refuse(codeFailed, linkError(t.link))
	case err != nil:
		code := classify(err)
		if code == codeRemote && !strings.Contains(err.Error(), markRemote) { // upstream only misses its git
			err = fmt.Errorf("%s: %w", markRemote, err)
		}
		return refuse(code, err)
	}
	return encode(r.yaml, tail{Objects: r.objects})
}

func refuse(code string, err error) []byte {
	return encode(nil, tail{Error: &failure{Code: code, Message: shorten(plain(err.Error()))}})
}

func encode(yaml []byte, t tail) []byte {
	rest, err := json.Marshal(t)
	if err != nil {
		panic(err)
	}
	out := binary.LittleEndian.AppendUint32(make([]byte, 0, 4+len(yaml)+len(rest)), uint32(len(yaml)))
	return append(append(out, yaml...), rest...)
}

const (
	headBytes = 3 << 10
	tailBytes = 1 << 10
)

// shorten keeps both ends of a message: upstream quotes whole documents, and
// wraps from the front, so that the cause is last.
func shorten(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) <= headBytes+tailBytes {
		return s
	}
	head, end := headBytes, len(s)-tailBytes
	for !utf8.RuneStart(s[head]) {
		head--
	}
	for !utf8.RuneStart(s[end]) {
		end++
	}
	return s[:head] + " […] " + s[end:]
}
