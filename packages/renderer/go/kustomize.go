//go:build wasip1

package main

import (
	"encoding/json"
	"path"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/openapi"
)

// kustomizeBuild does what `kustomize build --enable-helm` does.
func kustomizeBuild(o *order, t *tree) (*rendered, error) {
	chartTree = t
	m, err := buildIsolated(kustomizeFiles{t}, path.Join(mount, o.Path))
	if err != nil {
		return nil, err
	}
	yaml, err := m.AsYaml()
	if err != nil {
		return nil, err
	}
	objects := make([]json.RawMessage, 0, m.Size())
	for _, r := range m.Resources() {
		j, err := r.MarshalJSON()
		if err != nil {
			return nil, err
		}
		objects = append(objects, j)
	}
	return &rendered{yaml, objects}, nil
}

var (
	plainSchema = openapi.GetSchemaVersion()
	schemaUsed  bool
)

// buildIsolated keeps one overlay's `openapi:` from others. Upstream holds
// schemas in globals and adds to them: an overlay that brings its own gets a
// state without what earlier renders left, and leaves none behind.
func buildIsolated(files kustomizeFiles, target string) (resmap.ResMap, error) {
	m, err := build(files, target)
	if openapi.GetSchemaVersion() == plainSchema {
		schemaUsed = true
		return m, err
	}
	if schemaUsed {
		openapi.ResetOpenAPI()
		m, err = build(files, target)
	}
	openapi.ResetOpenAPI()
	schemaUsed = false
	return m, err
}

func build(files kustomizeFiles, target string) (resmap.ResMap, error) {
	o := krusty.MakeDefaultOptions()
	o.Reorder = krusty.ReorderOptionUnspecified // the program's default, unlike the library's
	o.LoadRestrictions = types.LoadRestrictionsRootOnly
	o.PluginConfig = types.DisabledPluginConfig()
	return krusty.MakeKustomizer(o).Run(files, target)
}
