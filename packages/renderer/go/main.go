//go:build wasip1

//go:debug randseednop=0

// Command renderer is the guest: upstream kustomize and Helm as one function
// over bytes. All it knows of the world are the answers of two imports (host.go).
package main

import (
	"runtime/debug"
	"unsafe"
)

var request, answer []byte

// alloc hands the host a buffer of n bytes to write the request into.
//
//go:wasmexport alloc
func alloc(n uint32) unsafe.Pointer {
	request = make([]byte, n)
	return unsafe.Pointer(unsafe.SliceData(request))
}

// render answers the request in the buffer: the address above 32 bits of length.
//
//go:wasmexport render
func render() uint64 {
	answer = handle(request)
	request = nil
	return uint64(uintptr(unsafe.Pointer(unsafe.SliceData(answer))))<<32 | uint64(len(answer))
}

// forget lets the collector take the last answer.
//
//go:wasmexport forget
func forget() { answer = nil }

// configure sets the heap size from which the collector works harder. The
// larger GC percentage is only safe together with it.
//
//go:wasmexport configure
func configure(bytes int64) {
	debug.SetTraceback("none") // last words are short
	debug.SetMemoryLimit(bytes)
	debug.SetGCPercent(400)
}

func main() {}
