// Executes templates of a chart with the values on standard input; Tests/Chart/render calls it.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/template"
)

func main() {
	context := map[string]interface{}{}
	check(json.NewDecoder(os.Stdin).Decode(&context))

	root := template.New("").Option("missingkey=error")
	root.Funcs(template.FuncMap{
		"include": func(name string, data interface{}) (string, error) {
			var text bytes.Buffer
			err := root.ExecuteTemplate(&text, name, data)
			return text.String(), err
		},
		"toYaml":     func(value interface{}) string { return strings.TrimSuffix(toYAML(value, ""), "\n") },
		"nindent":    func(width int, text string) string { return "\n" + indent(width, text) },
		"quote":      func(value interface{}) string { return fmt.Sprintf("%q", fmt.Sprint(value)) },
		"contains":   func(part string, text string) bool { return strings.Contains(text, part) },
		"trimSuffix": func(suffix string, text string) string { return strings.TrimSuffix(text, suffix) },
		"trunc": func(length int, text string) string {
			if len(text) > length {
				return text[:length]
			}
			return text
		},
		"default": func(other string, text string) string {
			if text == "" {
				return other
			}
			return text
		},
		"int": func(number float64) int { return int(number) },
	})
	for _, path := range os.Args[1:] {
		text, err := os.ReadFile(path)
		check(err)
		_, err = root.New(filepath.Base(path)).Parse(string(text))
		check(err)
	}
	for _, path := range os.Args[1:] {
		if filepath.Ext(path) != ".yaml" {
			continue
		}
		fmt.Println("---")
		check(root.ExecuteTemplate(os.Stdout, filepath.Base(path), context))
	}
}

// toYAML writes a value in block style; text and numbers as JSON, which YAML contains.
func toYAML(value interface{}, margin string) string {
	switch value := value.(type) {
	case map[string]interface{}:
		names := []string{}
		for name := range value {
			names = append(names, name)
		}
		sort.Strings(names)
		text := ""
		for _, name := range names {
			text += margin + scalar(name) + ":" + nested(value[name], margin+"  ")
		}
		return text
	case []interface{}:
		text := ""
		for _, item := range value {
			text += margin + "-" + nested(item, margin+"  ")
		}
		return text
	default:
		return margin + scalar(value) + "\n"
	}
}

func nested(value interface{}, margin string) string {
	switch content := value.(type) {
	case map[string]interface{}:
		if len(content) > 0 {
			return "\n" + toYAML(value, margin)
		}
	case []interface{}:
		if len(content) > 0 {
			return "\n" + toYAML(value, margin)
		}
	}
	return " " + scalar(value) + "\n"
}

func scalar(value interface{}) string {
	text, err := json.Marshal(value)
	check(err)
	return string(text)
}

func indent(width int, text string) string {
	margin := strings.Repeat(" ", width)
	return margin + strings.ReplaceAll(text, "\n", "\n"+margin)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "render:", err)
		os.Exit(1)
	}
}
