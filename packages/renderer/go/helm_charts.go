//go:build wasip1

package main

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"text/template"
	_ "unsafe" // for go:linkname

	"github.com/Masterminds/sprig/v3"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"sigs.k8s.io/kustomize/api/builtins" //nolint:staticcheck // the only name of the generator that is replaced
	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/kio"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/kustomize/kyaml/yaml/merge2"
	"sigs.k8s.io/yaml"
)

// generatorFactories is where kustomize looks up the plugins that it brings.
// Its generator for charts runs a program on files that it writes; nothing
// but its entry here lets another one stand in.
//
//go:linkname generatorFactories sigs.k8s.io/kustomize/api/internal/plugins/builtinhelpers.GeneratorFactories
var generatorFactories map[int]func() resmap.GeneratorPlugin

func init() {
	for k, f := range generatorFactories {
		if _, ok := f().(*builtins.HelmChartInflationGeneratorPlugin); ok {
			generatorFactories[k] = func() resmap.GeneratorPlugin { return &chartGenerator{tree: chartTree} }
			return
		}
	}
	panic("kustomize has no generator for charts")
}

// chartTree is what the generators of the running build read.
var chartTree *tree

// chartGenerator does for `helmCharts` what `kustomize build --enable-helm`
// does with a chart that lies below chartHome; no other is ever fetched.
type chartGenerator struct {
	h    *resmap.PluginHelpers
	tree *tree
	types.HelmGlobals
	types.HelmChart
}

func (g *chartGenerator) Config(h *resmap.PluginHelpers, config []byte) error {
	g.h = h
	if err := yaml.Unmarshal(config, g); err != nil {
		return err
	}
	if g.Name == "" {
		return errors.New("chart name cannot be empty")
	}
	if strings.HasPrefix(g.ReleaseName, "-") {
		return fmt.Errorf("releaseName must not start with '-', got %q", g.ReleaseName)
	}
	if strings.HasPrefix(g.Name, "-") {
		return fmt.Errorf("chart name must not start with '-', got %q", g.Name)
	}
	if g.ChartHome == "" {
		g.ChartHome = types.HelmDefaultHome
	}
	if g.ValuesFile == "" {
		g.ValuesFile = path.Join(g.chart(), "values.yaml")
	}
	if g.ValuesMerge == "" {
		g.ValuesMerge = "override"
	}
	if legal := []string{"merge", "override", "replace"}; !slices.Contains(legal, g.ValuesMerge) {
		return fmt.Errorf("valuesMerge must be one of %v", legal)
	}
	return nil
}

// chart is where the chart has to be, as kustomize sees paths.
func (g *chartGenerator) chart() string {
	home := g.ChartHome
	if !path.IsAbs(home) {
		home = path.Join(g.h.Loader().Root(), home)
	}
	if g.Version != "" && g.Repo != "" {
		home = path.Join(home, fmt.Sprintf("%s-%s", g.Name, g.Version))
	}
	return path.Join(home, g.Name)
}

func (g *chartGenerator) Generate() (resmap.ResMap, error) {
	text, err := g.template()
	if err != nil {
		return nil, fmt.Errorf("chart '%s': %w", g.Name, err)
	}
	m, err := g.resources(text)
	if err != nil {
		return nil, fmt.Errorf("chart '%s': %w", g.Name, err)
	}
	for _, r := range m.Resources() {
		if err := r.RNode.PipeE(kyaml.SetAnnotation(konfig.HelmGeneratedAnnotation, "true")); err != nil {
			return nil, fmt.Errorf("failed to set helm annotation: %w", err)
		}
	}
	return m, nil
}

func (g *chartGenerator) template() ([]byte, error) {
	at, err := within(g.chart())
	if err != nil {
		return nil, err
	}
	if k, err := g.tree.followedKind(at); err != nil {
		return nil, err
	} else if k != directory {
		return nil, g.missing(at)
	}
	values, err := g.values()
	if err != nil {
		return nil, err
	}
	name, err := g.releaseName()
	if err != nil {
		return nil, err
	}
	namespace := g.Namespace
	if namespace == "" {
		namespace = "default"
	}
	o := &order{Path: at, helmOptions: helmOptions{
		ReleaseName: name, Namespace: namespace,
		KubeVersion: g.KubeVersion, APIVersions: g.ApiVersions,
		IncludeCRDs: g.IncludeCRDs, SkipHooks: g.SkipHooks, SkipTests: g.SkipTests,
	}}
	r, err := templateRelease(o, g.tree, values)
	if err != nil {
		return nil, err
	}
	return r.text(), nil
}

func (g *chartGenerator) missing(at string) error {
	if g.Repo == "" {
		return fmt.Errorf("no repo specified for pull, no chart found at '%s'", at)
	}
	return fmt.Errorf("%s: '%s' of '%s' is not at '%s'", markRemote, g.Name, g.Repo, at)
}

// releaseName is what `helm template` makes of its flags: a generated name is
// always the same there.
func (g *chartGenerator) releaseName() (string, error) {
	if g.NameTemplate == "" {
		if g.ReleaseName == "" {
			return "release-name", nil
		}
		return g.ReleaseName, nil
	}
	if g.ReleaseName != "" {
		return "", errors.New("cannot set --name-template and also specify a name")
	}
	t, err := template.New("name-template").Funcs(sprig.TxtFuncMap()).Parse(g.NameTemplate)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = t.Execute(&b, nil)
	return b.String(), err
}

// values are those of the first file, with the inline ones, and then of the others.
func (g *chartGenerator) values() (map[string]any, error) {
	first, err := g.firstValues()
	if err != nil {
		return nil, err
	}
	values, err := loader.LoadValues(bytes.NewReader(first))
	if err != nil {
		return nil, fmt.Errorf("failed to parse %s: %w", g.ValuesFile, err)
	}
	for _, f := range g.AdditionalValuesFiles {
		b, err := g.h.Loader().Load(f)
		if err != nil {
			return nil, fmt.Errorf("could not load additionalValuesFile: %w", err)
		}
		v, err := loader.LoadValues(bytes.NewReader(b))
		if err != nil {
			return nil, fmt.Errorf("failed to parse %s: %w", f, err)
		}
		values = loader.MergeMaps(values, v)
	}
	return values, nil
}

func (g *chartGenerator) firstValues() ([]byte, error) {
	if len(g.ValuesInline) == 0 {
		return g.h.Loader().Load(g.ValuesFile)
	}
	if g.ValuesMerge != "replace" {
		if err := g.mergeInline(); err != nil {
			return nil, err
		}
	}
	return yaml.Marshal(g.ValuesInline)
}

func (g *chartGenerator) mergeInline() error {
	b, err := g.h.Loader().Load(g.ValuesFile)
	if err != nil {
		return err
	}
	chart, err := kyaml.Parse(string(b))
	if err != nil {
		return fmt.Errorf("could not parse values file into rnode: %w", err)
	}
	inline, err := kyaml.FromMap(g.ValuesInline)
	if err != nil {
		return fmt.Errorf("could not parse values inline into rnode: %w", err)
	}
	from, into := inline, chart
	if g.ValuesMerge == "merge" {
		from, into = chart, inline
	}
	merged, err := merge2.Merge(from, into.Copy(), kyaml.MergeOptions{})
	if err != nil {
		return fmt.Errorf("could not merge values: %w", err)
	}
	g.ValuesInline, err = merged.Map()
	return err
}

func (g *chartGenerator) resources(text []byte) (resmap.ResMap, error) {
	m, mapErr := g.h.ResmapFactory().NewResMapFromBytes(text)
	if mapErr == nil {
		return m, nil
	}
	nodes, err := (&kio.ByteReader{Reader: bytes.NewReader(text), OmitReaderAnnotations: true}).Read()
	if err != nil {
		return nil, fmt.Errorf("error reading helm output: %w", err)
	}
	if len(nodes) == 0 {
		return nil, fmt.Errorf("could not parse bytes into resource map: %w", mapErr)
	}
	return g.h.ResmapFactory().NewResMapFromRNodeSlice(nodes)
}
