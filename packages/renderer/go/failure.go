//go:build wasip1

package main

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

const (
	codeBadRequest = "bad-request"
	codeFailed     = "render-failed"
	codeOutside    = "outside-root"
	codePlugin     = "plugin-disabled"
	codeRemote     = "remote-base"
)

const (
	markOutside = "is outside the readable root"
	markRemote  = "nothing remote is ever fetched"
)

type noNetwork struct{}

func (noNetwork) RoundTrip(r *http.Request) (*http.Response, error) {
	return nil, fmt.Errorf("%s: '%s'", markRemote, r.URL.Redacted())
}

func init() {
	http.DefaultTransport = noNetwork{}
	http.DefaultClient = &http.Client{Transport: noNetwork{}}
}

// badRequest is an order that no file could make right.
type badRequest struct{ error }

// classify goes by text where upstream flattens its errors into strings.
func classify(err error) string {
	if b := (badRequest{}); errors.As(err, &b) {
		return codeBadRequest
	}
	m := err.Error()
	switch {
	case strings.Contains(m, markRemote), strings.Contains(m, "no 'git' program on path"):
		return codeRemote
	case strings.Contains(m, "security; file"), strings.Contains(m, markOutside):
		return codeOutside
	case strings.Contains(m, "plugins disabled"):
		return codePlugin
	}
	return codeFailed
}

// plain writes paths as the user knows them, relative to the readable root.
func plain(message string) string {
	message = strings.ReplaceAll(message, mount+"/", "")
	return strings.ReplaceAll(message, mount, ".")
}
