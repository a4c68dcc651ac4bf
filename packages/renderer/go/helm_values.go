//go:build wasip1

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/strvals"
)

// setting is one flag of the `--set` family.
type setting struct {
	Flag string `json:"flag"`
	Text string `json:"text"`
}

// setFlags are in the order in which Helm takes them, whatever that of the
// command line.
var setFlags = []string{"set-json", "set", "set-string", "set-file", "set-literal"}

// helmValues merges in Helm's order: files, then flags; a value of the caller wins.
func helmValues(o *order, t *tree) (map[string]any, error) {
	values := map[string]any{}
	for _, f := range o.ValuesFiles {
		b, err := t.readFollowing(f)
		if err != nil {
			return nil, err
		}
		v, err := loader.LoadValues(bytes.NewReader(b))
		if err != nil {
			return nil, fmt.Errorf("failed to parse %s: %w", f, err)
		}
		values = loader.MergeMaps(values, v)
	}
	for _, flag := range setFlags {
		for _, s := range o.Set {
			if s.Flag != flag {
				continue
			}
			var err error
			if values, err = apply(s, values, t); err != nil {
				return nil, err
			}
		}
	}
	return loader.MergeMaps(values, o.Values), nil
}

func apply(s setting, values map[string]any, t *tree) (map[string]any, error) {
	var err error
	switch s.Flag {
	case "set":
		err = strvals.ParseInto(s.Text, values)
	case "set-string":
		err = strvals.ParseIntoString(s.Text, values)
	case "set-literal":
		err = strvals.ParseLiteralInto(s.Text, values)
	case "set-file":
		err = strvals.ParseIntoFile(s.Text, values, func(name []rune) (any, error) {
			b, err := t.readNamed(string(name))
			return string(b), err
		})
	case "set-json":
		if text := strings.TrimSpace(s.Text); !strings.HasPrefix(text, "{") {
			err = strvals.ParseJSON(s.Text, values)
		} else {
			var object map[string]any
			err = json.Unmarshal([]byte(text), &object)
			values = loader.MergeMaps(values, object)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("failed parsing --%s data: %w", s.Flag, err)
	}
	return values, nil
}
