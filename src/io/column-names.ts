/** What a header says of its column, apart from class names. */
export type KnownRole =
  | 'label'
  | 'prediction'
  | 'right or wrong'
  | 'confidence'
  | 'single score'
  | 'id'
  | 'weight'
  | 'other';

/**
 * Names by the role they give a column; docs/columns.md prints this table. Case does not count, and words may be joined:
 * `Y_true`, `y-true`, `yTrue`, `y true` and `ytrue` are one name. Label names are in order of preference.
 */
export const columnNames: Readonly<Record<KnownRole, readonly string[]>> = {
  label: words(`
    label labels target targets class y_true true_label true_class true_y truth true
    ground_truth ground_truth_label gt gt_label gold gold_label gold_index gold_answer actual
    actual_label actual_class observed obs answer correct_answer correct_label correct_class
    correct_option answer_key answer_index expected reference annotation outcome category
    true_value actual_value observed_value label_true labels_true class_true gt_labels gt_class ground_truth_class y_real y_actual real_label
    real_class human_label annotated_label solution wahrheit etiqueta etichetta étiquette 标签 真实标签
    label_id label_idx label_index label_name label_text class_id class_idx class_index
    class_label class_name target_id target_idx target_class target_label y_test y_val y`),
  prediction: words(`
    pred preds prediction predictions predicted predicted_label predicted_labels predicted_class
    predicted_answer predicted_index predicted_y pred_label pred_labels pred_class pred_y
    pred_id pred_idx pred_index pred_answer pred_name prediction_label prediction_id
    prediction_class model_prediction model_answer model_output y_pred y_preds y_predicted y_hat
    label_pred class_pred argmax top1 top_class top_label guess response hypothesis
    decision predict predicts predicted_value predicted_text predicted_name predicted_category
    predicted_outcome predicted_target pred_category pred_target pred_text scored_label
    scored_labels llm_label llm_answer llm_response model_label model_class model_pred
    model_response estimated_class assigned_class classified_as inferred forecast vorhersage prognose
    prédiction prediccion predicción previsione predizione 预测 预测标签`),
  'right or wrong': words(`
    correct is_correct correctness right is_right wrong is_wrong incorrect is_incorrect error
    errors is_error hit hits acc accuracy acc_norm grade match is_match exact_match em passed
    success misclassified correct_prediction prediction_correct pred_correct`),
  confidence: words(`
    confidence confidences conf confidence_score max_prob max_probs max_proba max_probability
    max_softmax max_softmax_prob max_logit max_score max_conf prob_max p_max p_true p_correct
    prob_true prob_correct true_prob softmax_conf softmax_confidence softmax_response msp
    top_prob top1_prob top_score certainty pred_conf pred_confidence pred_prob predicted_prob
    predicted_probability prediction_prob prediction_probability prediction_score
    prediction_confidence pred_score verbal_confidence`),
  'single score': words(`
    score scores probability probabilities prob probs proba probab p logit logits softmax
    sigmoid output outputs y_score y_scores y_prob y_proba pred_proba predict_proba prob_pos
    prob_positive p_pos p_positive positive_prob raw_score decision_function`),
  id: words(`
    id ids inst nr idx index indices level_0 row row_id row_index row_num row_number row_names
    sample sample_id sample_idx sample_index example example_id instance instance_id item
    item_id case case_id record record_id image img image_id image_name image_path img_id
    img_path file file_id file_name file_path path uid uuid guid hash key
    question_id question_idx doc_id document_id unique_id user user_id patient patient_id
    subject subject_id session_id customer_id`),
  weight: words(`
    weight weights w wt sample_weight sample_weights instance_weight case_weight importance
    importance_weight class_weight freq frequency count counts`),
  other: words(`
    fold folds cv_fold split subset partition epoch step iteration iter batch batch_idx run seed
    trial loss nll cross_entropy ce_loss log_loss brier entropy uncertainty epistemic aleatoric
    mutual_information variance var std margin energy temperature perplexity group cluster site
    hospital center centre domain dataset source task subject_area region country city age sex
    gender race timestamp time date datetime day month year hour duration latency latency_ms
    elapsed length seq_len num_tokens n_tokens tokens difficulty rank threshold set_size model
    model_name version text sentence question prompt url note notes comment comments lang
    language`),
};

/** Words before or after a class in the header of its score, with the kind of number they tell, if they do. */
export const scoreAffixes: Readonly<Record<string, 'logits' | 'probabilities' | 'either'>> = {
  prob: 'probabilities',
  probs: 'probabilities',
  proba: 'probabilities',
  probab: 'probabilities',
  probability: 'probabilities',
  probabilities: 'probabilities',
  p: 'probabilities',
  softmax: 'probabilities',
  y_prob: 'probabilities',
  y_proba: 'probabilities',
  pred_proba: 'probabilities',
  pred_prob: 'probabilities',
  logit: 'logits',
  logits: 'logits',
  y_logit: 'logits',
  raw: 'logits',
  pred: 'either',
  y_pred: 'either',
  preds: 'either',
  predicted: 'either',
  prediction: 'either',
  score: 'either',
  scores: 'either',
  y_score: 'either',
  output: 'either',
  outputs: 'either',
  out: 'either',
  class: 'either',
  cls: 'either',
  conf: 'either',
  confidence: 'either',
};

/** Words before or after a class in the header of a column that says 1 for the true class and 0 for others. */
export const truthAffixes: readonly string[] = words(`
  true truth label labels target targets y y_true gt gold onehot one_hot actual`);

/** Families of numbered columns that are no scores. */
export const otherAffixes: readonly string[] = words(`
  feature features feat f emb embedding embeddings hidden pixel dim pc pca tsne umap attr attribute
  x var covariate predictor sensor measurement component
  alpha alphas evidence concentration`);

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
