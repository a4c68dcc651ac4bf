//go:build wasip1

package main

import (
	"strings"
	"unsafe"
)

// look asks the host about a path relative to the readable root. The result is
// a kind above 32 bits of payload size; the payload waits for take.
//
//go:wasmimport fairlead look
func look(path unsafe.Pointer, length uint32, want uint32) uint64

//go:wasmimport fairlead take
func take(to unsafe.Pointer)

type want uint32

const (
	wantKind  want = iota // payload: none
	wantBytes             // payload: a file's bytes, a link's target
	wantNames             // payload: a directory's names, each ended by NUL
)

type kind uint32

const (
	absent kind = iota
	file
	directory
	symlink
)

func ask(path string, w want) (kind, []byte) {
	r := look(unsafe.Pointer(unsafe.StringData(path)), uint32(len(path)), uint32(w))
	payload := make([]byte, uint32(r))
	if len(payload) > 0 {
		take(unsafe.Pointer(unsafe.SliceData(payload)))
	}
	return kind(r >> 32), payload
}

func askNames(path string) (kind, []string) {
	k, payload := ask(path, wantNames)
	names := strings.Split(string(payload), "\x00")
	return k, names[:len(names)-1]
}
